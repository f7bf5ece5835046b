/**
 * Picture files to what a network reads: {@link dev.lockstep.data.image.PictureFormat} reads
 * folders of them ({@link dev.lockstep.data.image.PictureNames}), {@link
 * dev.lockstep.data.image.CifarFormat} CIFAR's own files; {@link
 * dev.lockstep.data.image.ImagePreprocessing} makes of one file what a network takes, by {@link
 * dev.lockstep.data.image.ImageFit} and {@link dev.lockstep.data.image.Inversion}, as far as a
 * {@link dev.lockstep.data.image.PictureChoice} says, which users do; {@link
 * dev.lockstep.data.image.ImageDecoder} decodes it to {@link dev.lockstep.data.image.Pixels}, a
 * {@link dev.lockstep.data.image.Plane} for each of its {@link dev.lockstep.data.image.Channels},
 * or says by {@link dev.lockstep.data.image.UnreadableImage} why not; {@link
 * dev.lockstep.data.image.BlankPicture} says that nothing is drawn, {@link
 * dev.lockstep.data.image.PictureBytes} reads a file within its limits, {@link
 * dev.lockstep.data.image.PictureParts} tells train and test above classes, and {@link
 * dev.lockstep.data.image.OpenCvPixels} reads pictures as Spark's image source has them, and {@link
 * dev.lockstep.data.image.PlanarPicture} shows examples again.
 *
 * <p>{@link dev.lockstep.data.image.UndecodedPictures} are a worker's that stay files. {@link
 * dev.lockstep.data.image.EncodedPictures} are files that are values of a table. {@link
 * dev.lockstep.data.image.PictureBytes} reads files up to the one limit on their size; a {@link
 * dev.lockstep.data.image.BlankPicture} is unreadable because nothing is drawn on it.
 */
package dev.lockstep.data.image;
