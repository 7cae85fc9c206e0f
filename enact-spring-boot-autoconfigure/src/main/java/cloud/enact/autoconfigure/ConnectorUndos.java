package cloud.enact.autoconfigure;

import cloud.enact.connector.Connector;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.undo.StepUndo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;

/** The ways back of all connectors, each under a name of its own. */
final class ConnectorUndos {

    private final Map<String, StepUndo> byName = new LinkedHashMap<>();

    private final Map<String, String> connectors = new LinkedHashMap<>();

    private ConnectorUndos() {}

    /**
     * Collects them.
     *
     * @param beans where connectors are, and ways back that belong to none
     * @throws EnactStartupException when nobody could tell two connectors apart
     */
    static List<StepUndo> of(ListableBeanFactory beans) {
        ConnectorUndos undos = new ConnectorUndos();
        beans.getBeansOfType(Connector.class).forEach(undos::connector);
        beans.getBeansOfType(StepUndo.class).forEach(undos::undo);
        return new ArrayList<>(undos.byName.values());
    }

    private void connector(String bean, Connector connector) {
        String other = this.connectors.putIfAbsent(connector.name(), bean);
        if (other != null) {
            throw new EnactStartupException(
                    "Two connectors have the name '" + connector.name() + "': the beans '" + other + "' and '" + bean
                            + "'. Nobody could tell which of them an action is for, or which undoes its steps.",
                    "Rename one: another key under enact.<kind>.connectors, or another name where it is built.");
        }
        undo(bean, connector.undo());
    }

    private void undo(String bean, StepUndo undo) {
        StepUndo other = this.byName.putIfAbsent(undo.connector(), undo);
        // connectors for one database share the way back
        if (other != null && other != undo) {
            throw new EnactStartupException(
                    "Two connectors undo steps under the name '" + undo.connector() + "', the bean '" + bean
                            + "' and another one, so nobody could tell which of them undoes a step.",
                    "Rename one: another key under enact.<kind>.connectors, or another name of the DataSource bean.");
        }
    }
}
