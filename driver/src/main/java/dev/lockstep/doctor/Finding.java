package dev.lockstep.doctor;

import java.io.Serializable;

/**
 * What a check found.
 *
 * @param level how bad it is
 * @param about what was looked at, in a word or two
 * @param found what is there
 * @param fix what to do; empty where all is well
 */
public record Finding(Level level, String about, String found, String fix) implements Serializable {
  private static final String ON = " on ";

  /** How bad a finding is. */
  public enum Level {
    OK,
    /** Works, but not as well as it could. */
    WARNING,
    /** Will not work. */
    PROBLEM
  }

  static Finding ok(String about, String found) {
    return new Finding(Level.OK, about, found, "");
  }

  static Finding warning(String about, String found, String fix) {
    return new Finding(Level.WARNING, about, found, fix);
  }

  static Finding problem(String about, String found, String fix) {
    return new Finding(Level.PROBLEM, about, found, fix);
  }

  /** Whether this is what was looked at, wherever it was found. */
  public boolean isAbout(String name) {
    return about.equals(name) || about.startsWith(name + ON);
  }

  /** The same, found somewhere else than in the driver. */
  Finding at(String place) {
    return new Finding(level, about + ON + place, found, fix);
  }
}
