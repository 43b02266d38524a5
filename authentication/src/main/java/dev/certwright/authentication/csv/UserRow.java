package dev.certwright.authentication.csv;

import dev.certwright.identity.Identity;

/** A row of a file of static users. Not a record, so that nobody prints it with its secret. */
public final class UserRow {
  private final int number;
  private final String secret;
  private final Identity user;

  UserRow(int number, String secret, Identity user) {
    this.number = number;
    this.secret = secret;
    this.user = user;
  }

  /** Counted from 1, without empty lines. */
  public int number() {
    return number;
  }

  /** The token or the password. */
  public String secret() {
    return secret;
  }

  /** Who has it. */
  public Identity user() {
    return user;
  }

  @Override
  public String toString() {
    return "row " + number;
  }
}
