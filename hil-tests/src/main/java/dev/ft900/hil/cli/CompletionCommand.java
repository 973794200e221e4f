package dev.ft900.hil.cli;

import dev.ft900.ca.cli.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./ft900 completion}. */
@Command(
        name = "completion",
        description = {
            "Print what makes a shell complete our commands, options and their values.",
            "",
            "  bash, once:     source <(./ft900 completion bash)",
            "  bash, for good: ./ft900 completion bash > ~/.local/share/bash-completion/completions/ft900",
            "  zsh, for good:  ./ft900 completion zsh > ~/.ft900.zsh; echo 'source ~/.ft900.zsh' >> ~/.zshrc"
        })
final class CompletionCommand implements Callable<Integer> {
    private enum Shell {
        bash,
        zsh
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        var out = spec.commandLine().getOut();
        if (shell == Shell.zsh) {
            // The script below is for bash; zsh runs it in its own compatibility mode, which these lines switch on.
            out.println("autoload -U +X compinit && compinit");
            out.println("autoload -U +X bashcompinit && bashcompinit");
        }
        out.print(AutoComplete.bash("ft900", root));
        out.flush();
        return ExitCode.OK;
    }
}
