package dev.lockstep.data.fetch;

/**
 * A file to fetch.
 *
 * @param length in bytes, uncompressed
 * @param sha256 of its uncompressed content, in hexadecimal
 */
record RemoteFile(String name, long length, String sha256) {}
