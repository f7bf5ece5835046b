package dev.lockstep.data.fetch;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Where a data set's files come from. */
interface Origin {

  /** As messages show it. */
  String name();

  /**
   * A file's content, raw or gzipped.
   *
   * @throws IOException if it cannot be had from here
   */
  InputStream open(RemoteFile file) throws IOException;

  /** A folder on the web with gzipped files. */
  record Mirror(String base) implements Origin {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int OK = 200;

    @Override
    public String name() {
      return base;
    }

    @Override
    public InputStream open(RemoteFile file) throws IOException {
      HttpClient client =
          HttpClient.newBuilder()
              .connectTimeout(CONNECT)
              .followRedirects(HttpClient.Redirect.NORMAL)
              .build();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(base + file.name() + ".gz")).timeout(ANSWER).build();
      try {
        HttpResponse<InputStream> response =
            client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != OK) {
          response.body().close();
          throw new IOException("HTTP status " + response.statusCode());
        }
        return response.body();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
  }

  /** A folder on this machine. */
  record Folder(String name, String path) implements Origin {
    @Override
    public InputStream open(RemoteFile file) throws IOException {
      for (String suffix : new String[] {"", ".gz"}) {
        Path candidate = Path.of(path, file.name() + suffix);
        if (Files.isRegularFile(candidate)) {
          return Files.newInputStream(candidate);
        }
      }
      throw new FileNotFoundException("not in " + path);
    }
  }
}
