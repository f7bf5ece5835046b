package dev.lockstep.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A table of passengers of a ship, as people have such: a header, semicolons, texts, gaps, a name
 * in quotes that has a semicolon. Who survived depends on sex, class and age, with some noise.
 */
final class Passengers {
  /** What can be learnt from. */
  static final String[] FEATURES = {"class", "sex", "age", "fare", "port", "deck"};

  private Passengers() {}

  /** Writes so many rows. */
  static void write(Path file, int rows, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder table =
        new StringBuilder("passenger;name;class;sex;age;fare;port;deck;survived\n");
    for (int i = 0; i < rows; i++) {
      int cabin = 1 + random.nextInt(3);
      boolean female = random.nextInt(5) < 2;
      double age = random.nextInt(4) == 0 ? Double.NaN : 1 + random.nextInt(70);
      double odds = (female ? 2 : -1) + (2 - cabin) + (age < 10 ? 2 : 0);
      boolean survived = random.nextDouble() < 1 / (1 + Math.exp(-2 * odds));
      table.append(
          String.format(
              Locale.ROOT,
              "%d;\"Passenger; %d\";%s;%s;%s;%.2f;%s;%s;%s%n",
              i,
              i,
              cabin == 1 ? "first" : cabin == 2 ? "second" : "third",
              female ? "female" : "male",
              Double.isNaN(age) ? "" : String.valueOf((int) age),
              (4 - cabin) * 20 + random.nextDouble(10),
              random.nextInt(50) == 0 ? "" : random.nextBoolean() ? "Southampton" : "Cherbourg",
              random.nextInt(4) > 0 ? "" : String.valueOf((char) ('A' + random.nextInt(5))),
              survived ? "yes" : "no"));
    }
    Files.writeString(file, table);
  }
}
