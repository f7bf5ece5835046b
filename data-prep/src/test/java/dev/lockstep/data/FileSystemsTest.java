package dev.lockstep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.Test;

/** File systems that are not there; these tests have no library for S3. */
class FileSystemsTest {
  private final Configuration hadoop = new Configuration();

  @Test
  void a_library_that_is_missing_is_told_with_how_to_get_it() {
    assertThatThrownBy(() -> Locations.of("s3a://bucket/data", hadoop))
        .isInstanceOf(DataError.class)
        .hasMessage(
            "s3a://bucket/data: org.apache.hadoop.fs.s3a.S3AFileSystem is needed for such paths,"
                + " and there is no such library: begin with --packages"
                + " org.apache.hadoop:hadoop-aws:"
                + VersionInfo.getVersion());
  }

  @Test
  void a_library_that_is_not_known_is_to_be_given_to_Spark() {
    ClassNotFoundException missing =
        new ClassNotFoundException("Class org.apache.hadoop.fs.else.Files not found");

    assertThat(FileSystems.reason(new IOException(missing)))
        .contains(
            "org.apache.hadoop.fs.else.Files is needed for such paths, and there is no such"
                + " library: give its jar to Spark");
  }

  @Test
  void what_Amazon_calls_s3_has_another_name() {
    assertThatThrownBy(() -> Locations.of("s3://bucket/data", hadoop))
        .isInstanceOf(DataError.class)
        .hasMessage("s3://bucket/data: No FileSystem for scheme \"s3\": say s3a: instead");
  }

  @Test
  void what_is_not_of_a_file_system_is_told_as_it_is() {
    assertThat(FileSystems.reason(new AccessDeniedException("/data"))).isEmpty();
    assertThat(FileSystems.message(new IOException("first\nsecond"))).isEqualTo("first");
  }

  @Test
  void why_a_file_cannot_be_opened_is_told_in_two_words() {
    assertThat(FileSystems.message(new AccessDeniedException("/a"))).isEqualTo("permission denied");
    assertThat(FileSystems.message(new FileNotFoundException("/a (Permission denied)")))
        .isEqualTo("permission denied");
    assertThat(FileSystems.message(new FileNotFoundException("/a (No such file or directory)")))
        .isEqualTo("no such file");
    assertThat(FileSystems.message(new FileNotFoundException("/a (No space left on device)")))
        .isEqualTo("No space left on device");
    assertThat(FileSystems.message(new FileNotFoundException("/a (1)"))).isEqualTo("no such file");
    assertThat(FileSystems.message(new NoSuchFileException("/a"))).isEqualTo("no such file");
    assertThat(FileSystems.message(new FileSystemException("/a", null, "Read-only file system")))
        .isEqualTo("Read-only file system");
    assertThat(FileSystems.message(new IOException())).isEqualTo("IOException");
  }
}
