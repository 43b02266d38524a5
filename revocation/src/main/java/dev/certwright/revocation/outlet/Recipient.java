package dev.certwright.revocation.outlet;

import java.util.List;

/**
 * Somewhere else that gets what is published, by a program of the user's choice.
 *
 * @param name for messages, such as the node's
 * @param command program and arguments; it gets the whole content on standard input, and must put
 *     it in place as a whole
 */
public record Recipient(String name, List<String> command) {

  public Recipient {
    command = List.copyOf(command);
  }

  /**
   * Hands it over.
   *
   * @return what went wrong; empty if nothing
   */
  public String send(byte[] content) {
    return Program.run(command, content).problem();
  }
}
