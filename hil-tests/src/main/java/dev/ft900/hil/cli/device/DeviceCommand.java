package dev.ft900.hil.cli.device;

import picocli.CommandLine.Command;

/** {@code ./ft900 device}. */
@Command(
        name = "device",
        description = {
            "Command boards through a gateway, over its REST API.",
            "",
            "Without options it is the gateway of the state folder. For another: --gateway URL --token-file FILE --ca FILE,",
            "or FT900_GATEWAY, FT900_TOKEN, FT900_CA.",
            "",
            "  ./ft900 device list",
            "  ./ft900 device gpio board1 12 high --direction out",
            "  ./ft900 device events --json | jq ."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%n",
        footer = {
            "Exit codes beside the common ones: 10 token not good (401), 11 token may not (403), 12 no such device (404),",
            "13 not in this state (409), 14 the board refused (502), 15 nothing was sent, board or broker away (503),",
            "5 sent, outcome unknown (504)."
        },
        subcommands = {
            ListCommand.class,
            ShowCommand.class,
            GpioCommand.class,
            RtcCommand.class,
            ResetCommand.class,
            StatusCommand.class,
            NetworkCommand.class,
            UartCommand.class,
            EventsCommand.class,
            CommandsCommand.class,
            RegisterCommand.class,
            RenewCommand.class,
            RemoveCommand.class
        })
public final class DeviceCommand {}
