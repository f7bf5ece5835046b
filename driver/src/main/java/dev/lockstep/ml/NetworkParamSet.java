package dev.lockstep.ml;

import dev.lockstep.data.augment.Augmentation;
import dev.lockstep.data.image.Channels;
import dev.lockstep.data.image.ImageFit;
import dev.lockstep.data.image.Inversion;
import java.io.Serializable;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The parameters of {@link NetworkParams}. */
final class NetworkParamSet implements Serializable {
  final IntArrayParam hiddenLayers;
  final Param<String> activation;
  final Param<String> network;
  final Param<String> initialModel;
  final IntParam imageWidth;
  final IntParam imageHeight;
  final Param<String> imageChannels;
  final Param<String> imageFit;
  final Param<String> imageInversion;
  final Param<String> augment;

  NetworkParamSet(Params owner) {
    hiddenLayers =
        new IntArrayParam(
            owner,
            "hiddenLayers",
            "sizes of the layers between input and output, which the data give; without them"
                + " softmax or linear regression",
            Checks.sizes("hiddenLayers"));
    activation =
        new Param<>(
            owner,
            "activation",
            "of the hidden layers: " + Checks.list(HiddenActivation.values()),
            Checks.oneOf("activation", HiddenActivation.values()));
    network =
        new Param<>(
            owner,
            "network",
            "a network of another kind, as DL4J's JSON; its updaters hold unless optimizer or"
                + " learningRate are set");
    initialModel =
        new Param<>(
            owner,
            "initialModel",
            "path of a model zip to continue from: its network and parameters; its updaters as with"
                + " network");
    imageWidth =
        new IntParam(
            owner,
            "imageWidth",
            "width that pictures are brought to before they are trained",
            Checks.atLeast("imageWidth", 1));
    imageHeight =
        new IntParam(
            owner,
            "imageHeight",
            "height that pictures are brought to before they are trained",
            Checks.atLeast("imageHeight", 1));
    imageChannels =
        new Param<>(
            owner,
            "imageChannels",
            "as what pictures are read: grey or rgb; where it is not set, as the network takes them, and"
                + " grey where that is made for the data",
            Checks.oneOf("imageChannels", Channels.values()));
    imageFit =
        new Param<>(
            owner,
            "imageFit",
            "how pictures are brought to that size: mnist (a box of 20 in 28, centred by mass),"
                + " stretch, pad (black margins) or none (other sizes are invalid)",
            Checks.oneOf("imageFit", ImageFit.values()));
    imageInversion =
        new Param<>(
            owner,
            "imageInversion",
            "whether black and white change places: auto (if the border is bright), yes or no",
            Checks.oneOf("imageInversion", Inversion.values()));
    augment =
        new Param<>(
            owner,
            "augment",
            "how pictures are changed each time they are trained, one change after the other, such as"
                + " flip,crop:4; as --augment of lockstep train custom",
            Checks.read("augment", Augmentation::of));
    owner.setDefault(activation, Checks.name(HiddenActivation.RELU));
    owner.setDefault(imageFit, Checks.name(ImageFit.PAD));
    owner.setDefault(imageInversion, Checks.name(Inversion.NO));
  }
}
