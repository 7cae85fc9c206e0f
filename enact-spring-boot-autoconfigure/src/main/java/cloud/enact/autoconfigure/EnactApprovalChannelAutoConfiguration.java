package cloud.enact.autoconfigure;

import cloud.enact.approval.ApprovalChannel;
import cloud.enact.approval.ApprovalDispatch;
import cloud.enact.approval.ApprovalGroups;
import cloud.enact.approval.ApprovalLinkAddress;
import cloud.enact.approval.ApprovalLinks;
import cloud.enact.approval.ApprovalNotes;
import cloud.enact.approval.ApprovalRoles;
import cloud.enact.approval.ApprovalService;
import cloud.enact.approval.ApprovalStore;
import cloud.enact.approval.slack.SlackApprovalChannel;
import cloud.enact.approval.web.ApprovalLinkController;
import cloud.enact.approval.webhook.WebhookApprovalChannel;
import cloud.enact.gate.EnactStartupException;
import cloud.enact.receipt.ReceiptKeys;
import java.net.URI;
import java.time.Clock;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Auto-configuration of how people are told that they are asked, and of the links they answer with. */
@AutoConfiguration(
        after = EnactApprovalAutoConfiguration.class,
        afterName = "org.springframework.boot.mail.autoconfigure.MailSenderAutoConfiguration")
@ConditionalOnProperty("enact.approval.enabled")
@ConditionalOnBean({ApprovalService.class, ApprovalStore.class})
@EnableConfigurationProperties(EnactProperties.class)
public final class EnactApprovalChannelAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ApprovalGroups enactApprovalGroups(EnactProperties properties) {
        return new ApprovalGroups(properties.approval().groups());
    }

    @Bean
    @ConditionalOnMissingBean
    ApprovalRoles enactApprovalRoles(EnactProperties properties, ApprovalGroups groups) {
        return new ApprovalRoles(properties.approval().roles(), groups);
    }

    @Bean
    @ConditionalOnMissingBean
    ApprovalNotes enactApprovalNotes(ApprovalStore store) {
        return ApprovalNotes.onRequests(store);
    }

    @Bean
    @ConditionalOnMissingBean
    ApprovalDispatch enactApprovalDispatch(
            ObjectProvider<ApprovalChannel> channels, ObjectProvider<ApprovalLinkAddress> links, ApprovalNotes notes) {
        return new ApprovalDispatch(channels.orderedStream().toList(), links.getIfAvailable(), notes);
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("enact.approval.webhook.url")
    WebhookApprovalChannel enactWebhookApprovalChannel(
            EnactProperties properties, @Qualifier("enactClock") Clock clock) {
        ApprovalChannelProperties.Webhook webhook = properties.approval().webhook();
        try {
            return new WebhookApprovalChannel(
                    webhook.approver(), webhook.options("The webhook of approvals", "enact.approval.webhook"), clock);
        } catch (IllegalArgumentException ex) {
            throw unusable("webhook", ex);
        }
    }

    private static ApprovalLibraries libraries() {
        return new ApprovalLibraries(EnactApprovalChannelAutoConfiguration.class.getClassLoader());
    }

    private static EnactStartupException unusable(String part, IllegalArgumentException ex) {
        return new EnactStartupException(
                "People can't be asked: of enact.approval." + part + ", " + ex.getMessage() + ".",
                "Correct what is below enact.approval." + part + ", or remove it.",
                ex);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("enact.approval.links.enabled")
    static class Links {

        @Bean
        @ConditionalOnMissingBean
        ApprovalLinks enactApprovalLinks(ReceiptKeys keys, @Qualifier("enactClock") Clock clock) {
            return new ApprovalLinks(DerivedApprovalSeal.ofLinks(keys), clock);
        }

        @Bean
        @ConditionalOnMissingBean
        ApprovalLinkAddress enactApprovalLinkAddress(EnactProperties properties, ApprovalLinks links) {
            URI base = properties.approval().links().baseUrl();
            if (base == null || base.toString().isEmpty()) {
                throw new EnactStartupException(
                        "Links for approvals are switched on, and nobody can tell where they lead:"
                                + " enact.approval.links.base-url is missing.",
                        "Set it to the address of the application as people reach it, such as"
                                + " https://agents.example.org.");
            }
            try {
                return new ApprovalLinkAddress(links, base, ApprovalLinkController.PATH);
            } catch (IllegalArgumentException ex) {
                throw unusable("links.base-url", ex);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("enact.approval.links.enabled")
    @ConditionalOnClass(name = "org.springframework.web.servlet.DispatcherServlet")
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Page {

        @Bean
        @ConditionalOnMissingBean
        ApprovalLinkController enactApprovalLinkController(
                ApprovalLinks links, ApprovalService approvals, ApprovalGroups groups) {
            libraries().requirePages();
            return new ApprovalLinkController(links, approvals, groups);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnApprovalEmail.class)
    static class Email {

        @Bean
        @ConditionalOnMissingBean(name = "enactEmailApprovalChannel")
        ApprovalChannel enactEmailApprovalChannel(
                EnactProperties properties, ListableBeanFactory beans, Environment environment) {
            libraries().requireMail();
            return ApprovalMail.channel(properties.approval().email(), beans, environment);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(OnApprovalSlack.class)
    static class Slack {

        @Bean
        @ConditionalOnMissingBean(name = "enactSlackApprovalChannel")
        ApprovalChannel enactSlackApprovalChannel(EnactProperties properties, Environment environment) {
            ApprovalChannelProperties.Slack slack = properties.approval().slack();
            libraries().requireSlack();
            String token = new Credential("The Slack channel of approvals", "enact.approval.slack.token")
                    .token(slack.token(), environment, SlackConnectors.TOKEN_VARIABLE, "the token of the app's bot");
            return new SlackApprovalChannel(slack.endpoint(), token, slack.to(), slack.requestTimeout());
        }
    }
}
