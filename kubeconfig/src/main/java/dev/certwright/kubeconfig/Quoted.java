package dev.certwright.kubeconfig;

import dev.certwright.yaml.JsonWriter;

/** Text from outside in messages: quoted, and cut where it would fill a screen. */
final class Quoted {
  private static final int LONGEST = 200;

  private Quoted() {}

  static String of(String text) {
    StringBuilder quoted = new StringBuilder();
    JsonWriter.appendString(
        quoted, text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...");
    return quoted.toString();
  }
}
