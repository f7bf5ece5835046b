package dev.lockstep.data.image;

import dev.lockstep.data.Reject;
import java.util.List;

/**
 * Which pictures there are, and what each is to be taken for.
 *
 * @param paths the folders that hold all of the files, and the file with their labels
 * @param files by path
 * @param rejects what is among them and is no picture, by path
 * @param passedOver names of what is no data: what systems leave in folders, files beside those of
 *     classes
 * @param classNames by class number; empty for regression
 * @param targets how many regression targets; 0 for classification
 */
record PictureList(
    List<String> paths,
    List<LabelledPicture> files,
    List<Reject> rejects,
    List<String> passedOver,
    List<String> classNames,
    int targets) {}
