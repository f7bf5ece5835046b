package dev.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that come into being whole or not at all, where a rename is one step and where not. */
class WholeFilesTest {
  private static final byte[] OLD = "old".getBytes();
  private static final byte[] NEW = "what is new".getBytes();

  private final Configuration hadoop = new Configuration();
  @TempDir private java.nio.file.Path folder;

  @AfterEach
  void restart() {
    ObjectStore.restart();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "store"})
  void a_file_is_written_in_the_place_of_another(String scheme) throws IOException {
    Path file = path(scheme, "a");
    WholeFiles.write(file, OLD, hadoop);
    WholeFiles.write(file, NEW, hadoop);

    assertThat(read(file)).isEqualTo(NEW);
    assertThat(file.getFileSystem(hadoop).listStatus(file.getParent()))
        .extracting(FileStatus::getPath)
        .as("nothing is left beside it")
        .hasSize(1);
  }

  @Test
  void in_an_object_store_readers_see_the_old_or_the_new_wherever_the_writer_ends()
      throws IOException {
    Path file = path("store", "a");
    for (int bytes = 0; bytes <= NEW.length; bytes++) {
      WholeFiles.write(file, OLD, hadoop);
      ObjectStore.endAfter(bytes);
      if (bytes < NEW.length) {
        assertThatThrownBy(() -> WholeFiles.write(file, NEW, hadoop))
            .hasMessage("the process has ended");
      } else {
        WholeFiles.write(file, NEW, hadoop);
      }
      ObjectStore.restart();

      assertThat(read(file)).isEqualTo(bytes < NEW.length ? OLD : NEW);
    }
  }

  @Test
  void what_a_rename_that_was_cut_has_left_is_replaced() throws IOException {
    FileSystem store = path("store", "").getFileSystem(hadoop);
    Path written = path("store", "written");
    Path target = path("store", "target");
    for (int bytes = 0; bytes < NEW.length; bytes++) {
      put(written);
      ObjectStore.endAfter(bytes);
      assertThatThrownBy(() -> WholeFiles.commit(store, written, target))
          .hasMessage("the process has ended");
      ObjectStore.restart();
      assertThat(read(target)).as("the copy was cut").hasSize(bytes);

      put(written);
      assertThat(WholeFiles.commit(store, written, target)).isEqualTo(NEW.length);
      assertThat(read(target)).isEqualTo(NEW);
      store.delete(target, false);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "store"})
  void two_attempts_that_wrote_the_same_do_not_meet(String scheme) throws IOException {
    Path target = path(scheme, "target");
    FileSystem files = target.getFileSystem(hadoop);
    for (String attempt : List.of("one", "two")) {
      Path written = path(scheme, attempt);
      put(written);
      WholeFiles.commit(files, written, target);
      assertThat(files.exists(written)).isFalse();
    }

    assertThat(read(target)).isEqualTo(NEW);
  }

  private Path path(String scheme, String name) {
    return new Path(scheme + "://" + folder + "/" + name);
  }

  private void put(Path file) throws IOException {
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(NEW);
    }
  }

  private byte[] read(Path file) throws IOException {
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      return in.readAllBytes();
    }
  }
}
