/**
 * Finds pictures. {@link dev.lockstep.predict.listing.PictureListing} looks for them at the places
 * that a user names, {@link dev.lockstep.predict.listing.SortedPictures} puts them in order, {@link
 * dev.lockstep.predict.listing.Labels} say what they show.
 */
package dev.lockstep.predict.listing;
