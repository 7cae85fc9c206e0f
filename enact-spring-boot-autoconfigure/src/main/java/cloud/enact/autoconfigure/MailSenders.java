package cloud.enact.autoconfigure;

import cloud.enact.gate.EnactStartupException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The mail senders of the application. */
record MailSenders(ListableBeanFactory beans) {

    /**
     * Finds one, and sees to it that it ends some time.
     *
     * @param configured name of the bean; the only or primary one where nothing is said
     * @param owner whose it is, as {@link MailTimeouts} tells
     * @param problem what can't be done, up to who it is that sends
     * @param remedy what to do when there is none at all
     * @param property where another one can be named
     * @throws EnactStartupException when there is no such bean, or more than one
     */
    JavaMailSender find(@Nullable String configured, String owner, String problem, String remedy, String property) {
        try {
            JavaMailSender sender = (configured != null)
                    ? this.beans.getBean(configured, JavaMailSender.class)
                    : this.beans.getBean(JavaMailSender.class);
            if (sender instanceof JavaMailSenderImpl impl) {
                MailTimeouts.limit(impl, owner);
            }
            return sender;
        } catch (NoSuchBeanDefinitionException ex) {
            List<String> senders = Arrays.asList(this.beans.getBeanNamesForType(JavaMailSender.class));
            throw new EnactStartupException(
                    problem + "; there are " + senders + ".",
                    senders.isEmpty() ? remedy : "Set " + property + " to one of them.",
                    ex);
        }
    }
}
