package dev.certwright.cli;

import dev.certwright.authority.AuthorityException;
import dev.certwright.authority.Finding;
import dev.certwright.authority.RefusedException;
import dev.certwright.authority.Severity;
import dev.certwright.authority.file.ExistsException;
import dev.certwright.authority.file.FileAccessException;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandLineParser;
import dev.certwright.cli.line.HelpText;
import dev.certwright.cli.line.Nearest;
import dev.certwright.cli.line.Settings;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cluster.ClusterException;
import dev.certwright.cluster.UnusableCredentialsException;
import dev.certwright.kubeconfig.KubeconfigException;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.LedgerException;
import dev.certwright.rbac.RbacException;
import dev.certwright.revocation.DenylistTooLargeException;
import dev.certwright.revocation.OutletAccessException;
import dev.certwright.revocation.RevocationException;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.PasswordException;
import dev.certwright.yaml.YamlException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The entry point: finds the command, runs it, turns what went wrong into words and an exit code.
 */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process. */
  public static void main(String[] words) {
    if (words.length >= 2 && words[0].equals(ClassArchiveTraining.WORD)) {
      if (!ClassArchiveTraining.run(java.nio.file.Path.of(words[1]), words.length > 2)) {
        Runtime.getRuntime().halt(ExitCode.USAGE);
      }
      return;
    }
    Console console = Console.ofProcess();
    int exitCode = run(Arrays.asList(words), console);
    console.flush();
    if (console.isResultLost()) {
      console.error("the command was carried out, but its result could not be written");
      console.flush();
    }
    // Not System.exit at once on success: nothing but daemon threads may be left, and halting skips
    // the shutdown that a cold process would spend a millisecond on.
    Runtime.getRuntime()
        .halt(console.out().checkError() && exitCode == 0 ? ExitCode.OUTSIDE : exitCode);
  }

  /** Runs one command; used by tests and by {@code demo} as well. */
  public static int run(List<String> words, Console console) {
    try {
      return dispatch(words, console);
    } catch (UsageException wrong) {
      return fail(console, ExitCode.USAGE, wrong.getMessage(), wrong.hint());
    } catch (CommandException stopped) {
      return fail(console, stopped.exitCode(), stopped.getMessage(), stopped.hint());
    } catch (RefusedException refused) {
      report(console, refused.findings());
      return ExitCode.NO;
    } catch (ExistsException there) {
      return fail(console, ExitCode.NO, there.getMessage(), "nothing was changed");
    } catch (FileAccessException failed) {
      return fail(console, ExitCode.OUTSIDE, failed.getMessage(), "");
    } catch (PasswordException locked) {
      return fail(
          console,
          ExitCode.USAGE,
          locked.getMessage(),
          "give the password in a file (--ca-password-file), or run it on a terminal to be asked");
    } catch (UnusableCredentialsException unusable) {
      return fail(console, ExitCode.USAGE, unusable.getMessage(), unusable.hint());
    } catch (ClusterException failed) {
      return fail(console, ExitCode.OUTSIDE, failed.getMessage(), failed.hint());
    } catch (AuthorityException
        | X509Exception
        | KubeconfigException
        | RbacException
        | YamlException unusable) {
      return fail(console, ExitCode.USAGE, unusable.getMessage(), "");
    } catch (LedgerAccessException failed) {
      return fail(console, ExitCode.OUTSIDE, failed.getMessage(), failed.advice());
    } catch (LedgerDamagedException changed) {
      return fail(console, ExitCode.NO, changed.getMessage(), changed.advice());
    } catch (LedgerException unusable) {
      return fail(console, ExitCode.USAGE, unusable.getMessage(), unusable.advice());
    } catch (OutletAccessException failed) {
      return fail(console, ExitCode.OUTSIDE, failed.getMessage(), failed.advice());
    } catch (DenylistTooLargeException refused) {
      return fail(console, ExitCode.NO, refused.getMessage(), refused.advice());
    } catch (RevocationException unusable) {
      return fail(console, ExitCode.USAGE, unusable.getMessage(), unusable.advice());
    } catch (InvalidPathException noName) {
      return fail(
          console,
          ExitCode.USAGE,
          "no file can have the name " + SafeText.of(noName.getInput()),
          "if it looks right, set a locale that has its characters, such as LC_ALL=C.UTF-8");
    } catch (OutOfMemoryError tooLarge) {
      return fail(console, ExitCode.OUTSIDE, "out of memory", "raise it with CERTWRIGHT_JAVA_OPTS");
    } catch (RuntimeException | LinkageError bug) {
      return bug(console, bug);
    }
  }

  /** Prints what was found about a request, each with its rule and what to do. */
  public static void report(Console console, List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.severity() == Severity.FORBIDDEN) {
        console.error("refused: " + finding.found() + " [" + finding.rule() + "]");
        console.hint(finding.advice());
      }
    }
  }

  private static int dispatch(List<String> words, Console console) {
    if (words.isEmpty()) {
      Overview.print(console.err());
      return ExitCode.USAGE;
    }
    refuseUnreadable(words);
    String first = words.get(0);
    if (first.equals("--help") || first.equals("-h") || first.equals("help")) {
      return help(words, console);
    }
    if (first.equals("--version") || first.equals("version")) {
      console.out().print("certwright " + Version.text() + "\n");
      return ExitCode.OK;
    }
    int count = 1;
    Command command = Commands.find(first);
    if (command == null && Commands.isGroup(first) && words.size() > 1) {
      command = Commands.find(first + " " + words.get(1));
      count = 2;
    }
    boolean groupHelp =
        command == null
            && Commands.isGroup(first)
            && words.size() > 1
            && (words.get(1).equals("--help") || words.get(1).equals("-h"));
    if (command == null && !groupHelp) {
      throw unknown(words);
    }
    if (command == null) {
      Overview.printGroup(console.out(), first);
      return ExitCode.OK;
    }
    List<String> rest = words.subList(count, words.size());
    CommandLine line =
        new CommandLineParser(command.spec(), new Settings(console.environment())).parse(rest);
    if (line.has("help")) {
      console.out().print(HelpText.of(command.spec()));
      return ExitCode.OK;
    }
    return command.run(line, console);
  }

  /**
   * Java puts this character where the locale has none for what was typed. A name with it is
   * another one than is meant, and to refuse that one would refuse nobody.
   */
  private static void refuseUnreadable(List<String> words) {
    for (String word : words) {
      if (word.indexOf('\uFFFD') >= 0) {
        throw new UsageException(
            "\"" + SafeText.of(word) + "\" has characters that this locale cannot read",
            "set one that can, such as LC_ALL=C.UTF-8, and write names in UTF-8");
      }
    }
  }

  private static int help(List<String> words, Console console) {
    String name = String.join(" ", words.subList(1, words.size()));
    Command command = name.isEmpty() ? null : Commands.find(name);
    if (command != null) {
      console.out().print(HelpText.of(command.spec()));
    } else if (name.isEmpty()) {
      Overview.print(console.out());
    } else if (Commands.isGroup(name)) {
      Overview.printGroup(console.out(), name);
    } else {
      throw unknown(words.subList(1, words.size()));
    }
    return ExitCode.OK;
  }

  private static UsageException unknown(List<String> words) {
    String first = words.get(0);
    if (Commands.isGroup(first)) {
      List<String> names = new ArrayList<>();
      for (String name : Commands.names()) {
        if (name.startsWith(first + " ")) {
          names.add("certwright " + name);
        }
      }
      String found = words.size() > 1 ? ", found \"" + SafeText.of(words.get(1)) + "\"" : "";
      return new UsageException(
          "certwright " + first + " needs a second word" + found,
          "use " + String.join(" or ", names));
    }
    String near = Nearest.of(first, Commands.names());
    return new UsageException(
        "there is no command \"" + SafeText.of(first) + "\"",
        near == null ? "certwright --help lists them" : "did you mean certwright " + near + "?");
  }

  private static int fail(
      Console console,
      int exitCode,
      @org.jspecify.annotations.Nullable String message,
      String hint) {
    console.error(message);
    console.hint(hint);
    return exitCode;
  }

  private static int bug(Console console, Throwable bug) {
    console.error("this is a bug in certwright: " + bug);
    for (StackTraceElement element : bug.getStackTrace()) {
      console.err().print("    at " + element + "\n");
    }
    for (Throwable cause = bug.getCause(); cause != null; cause = cause.getCause()) {
      console.err().print("  caused by " + cause.getClass().getName() + "\n");
    }
    console.hint("please report it with these lines and the version " + Version.text());
    return ExitCode.BUG;
  }
}
