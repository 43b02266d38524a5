package dev.certwright.cli.demo;

import java.nio.file.Path;

/** Who shows a client's certificate to the demo's server. */
interface DemoClient {

  /** What is asked for. */
  enum Question {
    WHO_AM_I,
    LIST_PODS,
    DELETE_POD
  }

  /** How it ended. */
  enum Outcome {
    ALLOWED,
    FORBIDDEN,
    UNAUTHORIZED,
    /** Anything else. */
    FAILED
  }

  /**
   * What came back.
   *
   * @param outcome of it
   * @param text for people, some lines
   */
  record Answer(Outcome outcome, String text) {}

  /** What it is, for people. */
  String description();

  /**
   * What a user types for it.
   *
   * @param client folder of the client as the user sees it, relative
   */
  String typed(Question question, String client);

  /** Asks. */
  Answer ask(Question question, Path client);
}
