package cloud.enact.gate;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.enact.EnactAction;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.support.TransactionTemplate;

/** What JPA holds back happens inside the action that made it. */
class JpaTransactionTests {

    @TempDir
    Path directory;

    @Test
    void changesAreSentToTheDatabaseBeforeTheGateIsLeft() {
        application().run(context -> {
            Integer rows = transaction(context).execute(status -> {
                people(context).hire(1, "first");
                // plain SQL, which does not make JPA flush
                return people(context).rows();
            });

            assertThat(rows).isEqualTo(1);
        });
    }

    @Test
    void whatTheActionLeftBehindIsReadAfterItsChangesWereSent() {
        application().run(context -> {
            transaction(context).executeWithoutResult(status -> people(context).hire(1, "first"));

            assertThat(people(context).lastRowsSeen()).isEqualTo(1);
        });
    }

    @Test
    void changesTheDatabaseRefusesAtTheEndOfTheActionAreNotReportedAsDone() {
        application().run(context -> {
            people(context).insertWithSql(1, "first");

            try {
                transaction(context)
                        .executeWithoutResult(status -> people(context).hire(1, "second"));
            } catch (UnexpectedRollbackException | DataIntegrityViolationException ex) {
                assertThat(GateHarness.outcome(context, "people.hire"))
                        .containsEntry("status", "FAILED")
                        .containsEntry("transaction", "ROLLED_BACK");
                return;
            }
            throw new AssertionError("The transaction committed");
        });
    }

    private ApplicationContextRunner application() {
        return GateHarness.application(this.directory).withUserConfiguration(Staff.class);
    }

    private static TransactionTemplate transaction(ApplicationContext context) {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    private static People people(ApplicationContext context) {
        return context.getBean(People.class);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    static class Staff {

        @Bean
        DataSource dataSource() {
            return new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        }

        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
            factory.setPackagesToScan("cloud.enact.gate");
            factory.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create"));
            return factory;
        }

        @Bean
        JpaTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }

        @Bean
        People people(EntityManagerFactory factory, DataSource dataSource) {
            return new People(
                    SharedEntityManagerCreator.createSharedEntityManager(factory), new JdbcTemplate(dataSource));
        }
    }

    @Entity(name = "person")
    static class Person {

        @Id
        long id;

        String name;

        Person() {}

        Person(long id, String name) {
            this.id = id;
            this.name = name;
        }
    }

    static class People {

        private final EntityManager entities;

        private final JdbcTemplate jdbc;

        private int lastRowsSeen;

        People(EntityManager entities, JdbcTemplate jdbc) {
            this.entities = entities;
            this.jdbc = jdbc;
        }

        @EnactAction(value = "people.hire", capture = "look", undo = "fire")
        public void hire(long id, String name) {
            this.entities.persist(new Person(id, name));
        }

        int look() {
            this.lastRowsSeen = rows();
            return this.lastRowsSeen;
        }

        void fire(long id) {
            this.jdbc.update("delete from person where id = ?", id);
        }

        int rows() {
            Integer rows = this.jdbc.queryForObject("select count(*) from person", Integer.class);
            return (rows != null) ? rows : -1;
        }

        int lastRowsSeen() {
            return this.lastRowsSeen;
        }

        void insertWithSql(long id, String name) {
            this.jdbc.update("insert into person (id, name) values (?, ?)", id, name);
        }
    }
}
