package dev.lockstep.spark;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import dev.lockstep.data.Example;
import dev.lockstep.models.ModelState;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoRegistrator;

/**
 * Lets an application whose {@code spark.serializer} is Kryo train and predict with Lockstep, with
 * {@code spark.kryo.registrationRequired} or without: {@code
 * spark.kryo.registrator=dev.lockstep.spark.LockstepRegistrator}.
 *
 * <p>Spark's Kryo knows no records, no lambdas and no unmodifiable lists, so Lockstep's classes are
 * written by Java serialisation within Kryo's stream. The same classes get the same numbers in all
 * processes, as they are registered by name, from the same jar.
 */
public final class LockstepRegistrator implements KryoRegistrator {
  private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";
  private static final String PACKAGE = "dev/lockstep/";
  private static final String CLASS = ".class";

  /** The collections in which Lockstep's values travel, of the JDK, that Kryo cannot fill. */
  private static final List<Class<?>> COLLECTIONS =
      List.of(
          List.of().getClass(), List.of(1).getClass(), Optional.class, java.util.ArrayList.class);

  /** Registers Lockstep's classes. */
  @Override
  public void registerClasses(Kryo kryo) {
    COLLECTIONS.forEach(type -> kryo.register(type, new JavaSerializer()));
    Travelling.CLASSES.forEach(type -> kryo.register(type, new JavaSerializer()));
  }

  /**
   * Looks whether what is to be sent can be.
   *
   * @throws IllegalStateException if Spark's serializer is Kryo, and this registrator is not set
   */
  public static void expect(JavaSparkContext spark) {
    SparkConf conf = spark.getConf();
    List<String> registrators = Arrays.asList(conf.get("spark.kryo.registrator", "").split(","));
    if (conf.get("spark.serializer", "").equals(KRYO)
        && !registrators.contains(LockstepRegistrator.class.getName())) {
      throw new IllegalStateException(
          "spark.serializer is Kryo: Lockstep needs spark.kryo.registrator=%s beside it"
              .formatted(LockstepRegistrator.class.getName()));
    }
  }

  /** Found once a process. */
  private static final class Travelling {
    static final List<Class<?>> CLASSES =
        Stream.of(LockstepRegistrator.class, Example.class, ModelState.class)
            .flatMap(type -> names(type).stream())
            .distinct()
            .sorted()
            .<Class<?>>mapMulti((name, next) -> load(name).ifPresent(next))
            .toList();

    /** Of all classes of the jar, or the folder, from which a class comes. */
    private static TreeSet<String> names(Class<?> type) {
      try {
        Path place = Path.of(URI.create(place(type)));
        return Files.isDirectory(place) ? ofFolder(place) : ofJar(place);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String place(Class<?> type) {
      return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    private static TreeSet<String> ofFolder(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        return named(
            files.map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/')));
      }
    }

    private static TreeSet<String> ofJar(Path jar) throws IOException {
      try (JarFile file = new JarFile(jar.toFile())) {
        return named(file.stream().map(JarEntry::getName));
      }
    }

    private static TreeSet<String> named(Stream<String> entries) {
      TreeSet<String> names = new TreeSet<>();
      entries
          .filter(entry -> entry.startsWith(PACKAGE) && entry.endsWith(CLASS))
          .map(entry -> entry.substring(0, entry.length() - CLASS.length()).replace('/', '.'))
          .forEach(names::add);
      return names;
    }

    private static Optional<Class<?>> load(String name) {
      try {
        Class<?> type = Class.forName(name, false, LockstepRegistrator.class.getClassLoader());
        boolean travels =
            Serializable.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers());
        return travels ? Optional.of(type) : Optional.empty();
      } catch (ClassNotFoundException | LinkageError e) {
        // It needs a library that is not there, so that nobody can send it.
        return Optional.empty();
      }
    }
  }
}
