/**
 * Picture files to what a network reads: {@link dev.lockstep.data.image.PictureFormat} reads
 * folders of them ({@link dev.lockstep.data.image.PictureNames}); {@link
 * dev.lockstep.data.image.ImagePreprocessing} makes of one file what a network takes, by {@link
 * dev.lockstep.data.image.ImageFit} and {@link dev.lockstep.data.image.Inversion}; {@link
 * dev.lockstep.data.image.ImageDecoder} decodes it to a {@link dev.lockstep.data.image.GreyImage},
 * or says by {@link dev.lockstep.data.image.UnreadableImage} why not; {@link
 * dev.lockstep.data.image.BlankPicture} says that nothing is drawn, {@link
 * dev.lockstep.data.image.PictureBytes} reads a file within its limits, {@link
 * dev.lockstep.data.image.PictureParts} tells train and test above classes, and {@link
 * dev.lockstep.data.image.OpenCvPixels} is DL4J's way, for comparison.
 *
 * <p>{@link dev.lockstep.data.image.PictureBytes} reads files up to the one limit on their size; a
 * {@link dev.lockstep.data.image.BlankPicture} is unreadable because nothing is drawn on it.
 */
package dev.lockstep.data.image;
