/**
 * Data sets from the network, verified: {@link dev.lockstep.data.fetch.DatasetFetcher} brings the
 * files of a {@link dev.lockstep.data.fetch.PublishedData} to a folder, from the first of its
 * origins that has them.
 */
package dev.lockstep.data.fetch;
