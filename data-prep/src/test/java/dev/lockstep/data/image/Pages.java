package dev.lockstep.data.image;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Random;

/** Kinds of pages on which somebody may draw, each in as many variants as there are seeds. */
public enum Pages {
  SCAN("png") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(new Color(252, 252, 252)).noise(1).ink(new Color(50, 50, 50));
    }
  },
  COLOURED_PAPER("png") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(Color.getHSBColor(random.nextFloat(), between(random, 0.05, 0.4), 0.92f));
      sheet.ink(dark(random)).noise(between(random, 0, 4));
    }
  },
  GREY_PAPER("png") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(grey(between(random, 120, 225))).ink(dark(random)).noise(between(random, 0, 4));
    }
  },
  PENCIL("jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      int paper = 225 + random.nextInt(30);
      sheet.paper(new Color(paper, paper - 2, paper - random.nextInt(30)));
      sheet.grain(between(random, 0, 0.3)).ink(grey(between(random, 100, 185)));
      sheet.noise(between(random, 1, 4));
    }
  },
  COLOURED_INK("jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(grey(between(random, 225, 255)));
      sheet.ink(Color.getHSBColor(random.nextFloat(), 0.9f, between(random, 0.5, 0.85)));
      sheet.noise(between(random, 0, 3));
    }
  },
  RULED("jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(grey(between(random, 225, 255)));
      sheet.lines(16 + random.nextInt(30), lines(random), random, 1, 0);
      if (random.nextBoolean()) {
        sheet.lines(1000, new Color(220, 90, 90), random, 0, 1);
      }
      sheet.ink(dark(random)).noise(between(random, 0, 4));
    }
  },
  SQUARED("jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      int spacing = 12 + random.nextInt(28);
      Color colour = lines(random);
      sheet.paper(grey(between(random, 230, 255)));
      sheet.lines(spacing, colour, random, 1, 0).lines(spacing, colour, random, 0, 1);
      sheet.ink(dark(random)).noise(between(random, 0, 3));
    }
  },
  SHADOWED("jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(grey(between(random, 210, 250))).ink(dark(random));
      sheet.shadow(random, between(random, 0.4, 0.7), random.nextInt(12));
      sheet.noise(between(random, 0, 4));
    }
  },
  UNEVENLY_LIT("jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(grey(between(random, 210, 250))).ink(dark(random));
      if (random.nextBoolean()) {
        sheet.slope(random, between(random, 0.25, 0.6));
      } else {
        sheet.lamp(random, between(random, 0.3, 0.6));
      }
      sheet.noise(between(random, 0, 4));
    }
  },
  DARK("jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(grey(between(random, 215, 250))).ink(dark(random));
      sheet.light(between(random, 0.2, 0.5)).noise(between(random, 1, 4));
    }
  },
  WHITE_ON_BLACK("jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(new Color(random.nextInt(50), 10 + random.nextInt(60), random.nextInt(60)));
      sheet.grain(between(random, 0, 0.2)).ink(grey(between(random, 190, 255)));
      sheet.noise(between(random, 0, 5));
    }
  },
  WHITE_ON_TRANSPARENT("png") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.ink(grey(between(random, 220, 255))).transparent();
    }
  },
  SPECKED("png") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(grey(between(random, 230, 255))).ink(dark(random));
      sheet.specks(random, 10 + random.nextInt(60), 1 + random.nextInt(3));
      sheet.noise(between(random, 0, 3));
    }
  },
  FRAMED("jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(grey(between(random, 220, 255))).ink(dark(random));
      sheet.frame(random.nextInt(16), 1 + random.nextInt(10), dark(random));
      sheet.noise(between(random, 0, 3));
    }
  },
  JPEG_NOISE("worst jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(grey(between(random, 190, 255))).ink(dark(random)).noise(between(random, 0, 6));
    }
  },
  MIXED("jpg") {
    @Override
    void draw(Sheet sheet, Random random) {
      sheet.paper(Color.getHSBColor(random.nextFloat(), between(random, 0, 0.2), 0.9f));
      if (random.nextBoolean()) {
        sheet.lines(20 + random.nextInt(24), lines(random), random, 1, 0);
      }
      sheet.ink(dark(random));
      if (random.nextBoolean()) {
        sheet.specks(random, 20, 1);
      }
      if (random.nextBoolean()) {
        sheet.shadow(random, between(random, 0.5, 0.8), random.nextInt(12));
      }
      sheet.slope(random, between(random, 0.5, 0.9)).noise(between(random, 1, 4));
    }
  };

  private final String format;

  Pages(String format) {
    this.format = format;
  }

  abstract void draw(Sheet sheet, Random random);

  /** In which format such pages are kept. */
  public String extension() {
    return format.endsWith("jpg") ? "jpg" : "png";
  }

  /**
   * A picture file of a page.
   *
   * @param digit float32 [28, 28], what is drawn, 0 to 1
   * @param variant determines the page
   * @param seed determines noise and place
   */
  public byte[] file(float[] digit, long variant, long seed) {
    Random random = new Random(31 * variant + ordinal());
    int width = 160 + random.nextInt(120);
    int height = 160 + random.nextInt(120);
    Sheet sheet = new Sheet(width, height, digit, new Random(seed));
    draw(sheet, random);
    BufferedImage page = sheet.image();
    if (format.equals("png")) {
      return Pictures.encoded(page, "png");
    }
    float quality = format.equals("jpg") ? 0.85f : between(random, 0.05, 0.25);
    return Pictures.jpeg(page, quality);
  }

  private static float between(Random random, double low, double high) {
    return (float) (low + random.nextDouble() * (high - low));
  }

  private static Color grey(float level) {
    return new Color(level / 255, level / 255, level / 255);
  }

  /** Of pens. */
  private static Color dark(Random random) {
    Color[] pens = {
      new Color(20, 20, 25), new Color(25, 25, 110), new Color(50, 50, 50), new Color(40, 20, 20)
    };
    return pens[random.nextInt(pens.length)];
  }

  /** Of printed lines. */
  private static Color lines(Random random) {
    Color[] colours = {
      new Color(120, 160, 220),
      new Color(150, 150, 150),
      new Color(170, 200, 170),
      new Color(90, 90, 110)
    };
    return colours[random.nextInt(colours.length)];
  }
}
