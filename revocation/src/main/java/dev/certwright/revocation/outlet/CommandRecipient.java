package dev.certwright.revocation.outlet;

import dev.certwright.revocation.authorization.Origin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Somewhere else that gets what is published by a program of the user's choice.
 *
 * @param command program and arguments; it gets the whole content on standard input, and must put
 *     it in place as a whole
 * @param folder where it runs, from whichever folder whoever publishes was called
 */
public record CommandRecipient(String name, List<String> command, Path folder)
    implements Recipient {

  public CommandRecipient {
    command = List.copyOf(command);
  }

  @Override
  public String send(byte[] content, Origin origin) {
    return Program.run(command, content, Map.of(), folder).problem();
  }
}
