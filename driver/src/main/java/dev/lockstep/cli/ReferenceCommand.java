package dev.lockstep.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lockstep reference}: the help of all commands as one page, from which the docs come. */
@Command(
    name = "reference",
    description = "Print the help of all commands as Markdown.",
    mixinStandardHelpOptions = true,
    hidden = true)
final class ReferenceCommand implements Runnable {
  private static final int WIDTH = 100;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("# Reference");
    out.println();
    out.println("Written by `./lockstep reference`; a test holds it to the code.");
    print(spec.root().commandLine(), out);
    out.flush();
  }

  private static void print(CommandLine command, PrintWriter out) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.usageMessage().hidden() || spec.helpCommand()) {
      return;
    }
    spec.usageMessage().autoWidth(false).width(WIDTH);
    out.println();
    out.println("## " + spec.qualifiedName());
    out.println();
    out.println("```");
    out.println(command.getUsageMessage(Ansi.OFF).stripTrailing());
    out.println("```");
    command.getSubcommands().values().forEach(sub -> print(sub, out));
  }
}
