package dev.ft900.hil;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The arrows of {@code docs/architecture.md}, section 2: between modules, and inside each. */
@AnalyzeClasses(packages = "dev.ft900", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String JDK = "java..";

    @ArchTest
    static final ArchRule theProtocolKnowsTheJdkAndJacksonCoreOnly = classes()
            .that()
            .resideInAPackage("dev.ft900.protocol..")
            .should()
            .onlyDependOnClassesThat(
                    are(resideInAnyPackage("dev.ft900.protocol..", JDK, "com.fasterxml.jackson.core..")));

    @ArchTest
    static final ArchRule theProtocolOpensNothing = noClasses()
            .that()
            .resideInAPackage("dev.ft900.protocol..")
            .should()
            .dependOnClassesThat(
                    are(resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "javax.net..")));

    @ArchTest
    static final ArchRule theAuthorityKnowsNeitherMqttNorGatewayNorBoards = noClasses()
            .that()
            .resideInAPackage("dev.ft900.ca..")
            .should()
            .dependOnClassesThat(are(resideInAnyPackage(
                    "dev.ft900.gateway..",
                    "dev.ft900.agent..",
                    "dev.ft900.board..",
                    "dev.ft900.hil..",
                    "org.eclipse.paho..",
                    "com.hivemq..",
                    "io.netty..")));

    @ArchTest
    static final ArchRule onlyOnePlaceKnowsTheSerialLibrary = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ft900.ca.link..")
            .should()
            .dependOnClassesThat(are(resideInAPackage("com.fazecast..")));

    @ArchTest
    static final ArchRule theBoardEndKnowsTheProtocolOnly = noClasses()
            .that()
            .resideInAnyPackage("dev.ft900.agent..", "dev.ft900.board..")
            .should()
            .dependOnClassesThat(are(resideInAnyPackage("dev.ft900.ca..", "dev.ft900.gateway..", "dev.ft900.hil..")));

    @ArchTest
    static final ArchRule theCoreKnowsItsBusMemoryAndInterruptsAndNothingElse = classes()
            .that()
            .resideInAPackage("dev.ft900.board.cpu..")
            .should()
            .onlyDependOnClassesThat(are(resideInAnyPackage(
                    "dev.ft900.board.cpu..",
                    "dev.ft900.board.bus..",
                    "dev.ft900.board.irq..",
                    "dev.ft900.board.memory..",
                    "dev.ft900.board.state..",
                    JDK)));

    @ArchTest
    static final ArchRule onlyTheTranslatorWritesClasses = noClasses()
            .that()
            .resideOutsideOfPackage("dev.ft900.board.translate..")
            .should()
            .dependOnClassesThat(are(resideInAPackage("org.objectweb.asm..")));

    @ArchTest
    static final ArchRule machinesKnowNeitherTheirModelsNorTheCommandLine = noClasses()
            .that()
            .resideInAnyPackage("dev.ft900.board.machine..", "dev.ft900.board.cpu..", "dev.ft900.board.translate..")
            .should()
            .dependOnClassesThat(are(resideInAnyPackage(
                    "dev.ft900.board.ft900..",
                    "dev.ft900.board.gnusim..",
                    "dev.ft900.board.peripheral..",
                    "dev.ft900.board.cli..")));

    @ArchTest
    static final ArchRule theGatewayKnowsTheAuthorityAndNothingElseOfTheCaTool = noClasses()
            .that()
            .resideInAPackage("dev.ft900.gateway..")
            .should()
            .dependOnClassesThat(are(resideInAnyPackage(
                    "dev.ft900.ca.cli..",
                    "dev.ft900.ca.inspect..",
                    "dev.ft900.ca.export..",
                    "dev.ft900.ca.backup..",
                    "dev.ft900.ca.batch..",
                    "dev.ft900.ca.flash..",
                    "dev.ft900.ca.link..",
                    "dev.ft900.agent..",
                    "dev.ft900.board..",
                    "dev.ft900.hil..")));

    @ArchTest
    static final ArchRule theGatewaysCoreIsPlainJava = noClasses()
            .that()
            .resideInAnyPackage("dev.ft900.gateway.device..", "dev.ft900.gateway.event..")
            .should()
            .dependOnClassesThat(are(resideInAnyPackage(
                    "jakarta..", "org.eclipse..", "org.glassfish..", "com.hivemq..", "com.fasterxml..", "org.jdbi..")));

    @ArchTest
    static final ArchRule packagesOfTheProtocolPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("name")
            .definedBy("dev.ft900.protocol.name..")
            .layer("pad")
            .definedBy("dev.ft900.protocol.pad..")
            .layer("wire")
            .definedBy("dev.ft900.protocol.wire..")
            .layer("message")
            .definedBy("dev.ft900.protocol.message..")
            .layer("dialect")
            .definedBy("dev.ft900.protocol.dialect..")
            .layer("frame")
            .definedBy("dev.ft900.protocol.frame..")
            .layer("provisioning")
            .definedBy("dev.ft900.protocol.provisioning..")
            .layer("slot")
            .definedBy("dev.ft900.protocol.slot..")
            .layer("exchange")
            .definedBy("dev.ft900.protocol.exchange..")
            .layer("install")
            .definedBy("dev.ft900.protocol.install..")
            .whereLayer("install")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("exchange")
            .mayOnlyBeAccessedByLayers("install")
            .whereLayer("dialect")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("slot")
            .mayOnlyBeAccessedByLayers("install")
            .whereLayer("provisioning")
            .mayOnlyBeAccessedByLayers("exchange", "install")
            .whereLayer("frame")
            .mayOnlyBeAccessedByLayers("provisioning", "exchange")
            .whereLayer("message")
            .mayOnlyBeAccessedByLayers("dialect", "provisioning", "slot", "install")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("frame", "provisioning", "slot", "exchange");

    @ArchTest
    static final ArchRule packagesOfTheCaToolPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("file")
            .definedBy("dev.ft900.ca.file..")
            .layer("store")
            .definedBy("dev.ft900.ca.store..")
            .layer("authority")
            .definedBy("dev.ft900.ca.authority..")
            .layer("enrol")
            .definedBy("dev.ft900.ca.enrol..")
            .layer("link")
            .definedBy("dev.ft900.ca.link..")
            .layer("flash")
            .definedBy("dev.ft900.ca.flash..")
            .layer("inspect")
            .definedBy("dev.ft900.ca.inspect..")
            .layer("export")
            .definedBy("dev.ft900.ca.export..")
            .layer("backup")
            .definedBy("dev.ft900.ca.backup..")
            .layer("batch")
            .definedBy("dev.ft900.ca.batch..")
            .layer("cli")
            .definedBy("dev.ft900.ca.cli..")
            .whereLayer("file")
            .mayNotAccessAnyLayer()
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("batch")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("inspect")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("export")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("backup")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("flash")
            .mayOnlyBeAccessedByLayers("batch", "cli")
            .whereLayer("link")
            .mayOnlyBeAccessedByLayers("flash", "batch", "cli")
            .whereLayer("enrol")
            .mayOnlyBeAccessedByLayers("flash", "cli")
            .whereLayer("authority")
            .mayOnlyBeAccessedByLayers("enrol", "flash", "inspect", "export", "backup", "cli");

    @ArchTest
    static final ArchRule packagesOfTheGatewayPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("tls")
            .definedBy("dev.ft900.gateway.tls..")
            .layer("device")
            .definedBy("dev.ft900.gateway.device..")
            .layer("event")
            .definedBy("dev.ft900.gateway.event..")
            .layer("store")
            .definedBy("dev.ft900.gateway.store..")
            .layer("access")
            .definedBy("dev.ft900.gateway.access..")
            .layer("mqtt")
            .definedBy("dev.ft900.gateway.mqtt..")
            .layer("broker")
            .definedBy("dev.ft900.gateway.broker..")
            .layer("http")
            .definedBy("dev.ft900.gateway.http..")
            .layer("app")
            .definedBy("dev.ft900.gateway.app..")
            .layer("settings")
            .definedBy("dev.ft900.gateway.settings..")
            .whereLayer("settings")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("app")
            .mayOnlyBeAccessedByLayers("settings")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("app", "settings")
            .whereLayer("broker")
            .mayOnlyBeAccessedByLayers("app", "settings")
            .whereLayer("mqtt")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("access")
            .mayOnlyBeAccessedByLayers("http", "app")
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers("http", "app")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("device")
            .mayOnlyBeAccessedByLayers("event", "store", "http", "app");

    @ArchTest
    static final ArchRule packagesOfTheAgentPointOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("flash")
            .definedBy("dev.ft900.agent.flash..")
            .layer("identity")
            .definedBy("dev.ft900.agent.identity..")
            .layer("board")
            .definedBy("dev.ft900.agent.board..")
            .layer("mqtt")
            .definedBy("dev.ft900.agent.mqtt..")
            .layer("serial")
            .definedBy("dev.ft900.agent.serial..")
            .layer("fleet")
            .definedBy("dev.ft900.agent.fleet..")
            .layer("app")
            .definedBy("dev.ft900.agent.app..")
            .whereLayer("app")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("fleet")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("serial")
            .mayOnlyBeAccessedByLayers("app")
            .whereLayer("mqtt")
            .mayOnlyBeAccessedByLayers("fleet", "app")
            .whereLayer("board")
            .mayOnlyBeAccessedByLayers("mqtt", "serial", "fleet", "app")
            .whereLayer("identity")
            .mayOnlyBeAccessedByLayers("board", "fleet");

    @ArchTest
    static final ArchRule peripheralsKnowNoCpuAndNoMachine = classes()
            .that()
            .resideInAPackage("dev.ft900.board.peripheral..")
            .should()
            .onlyDependOnClassesThat(are(resideInAnyPackage(
                    "dev.ft900.board.peripheral..",
                    "dev.ft900.board.register..",
                    "dev.ft900.board.bus..",
                    "dev.ft900.board.irq..",
                    "dev.ft900.board.clock..",
                    "dev.ft900.board.state..",
                    "dev.ft900.board.control..",
                    "dev.ft900.board.memory..",
                    "dev.ft900.agent.flash..",
                    JDK)));

    @ArchTest
    static final ArchRule theRegisterKitKnowsTheBusAndSnapshotsOnly = classes()
            .that()
            .resideInAPackage("dev.ft900.board.register..")
            .should()
            .onlyDependOnClassesThat(are(resideInAnyPackage(
                    "dev.ft900.board.register..", "dev.ft900.board.bus..", "dev.ft900.board.state..", JDK)));

    @ArchTest
    static final ArchRule noPackagesGoInCircles = SlicesRuleDefinition.slices()
            .matching("dev.ft900.(*).(*)..")
            .should()
            .beFreeOfCycles();
}
