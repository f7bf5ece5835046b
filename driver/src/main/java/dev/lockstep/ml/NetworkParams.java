package dev.lockstep.ml;

import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;

/**
 * What is trained: a stack of dense layers, or any network.
 *
 * @param <S> the class that has them
 */
public interface NetworkParams<S> extends ChainedParams<S> {

  /** Where they are. */
  NetworkParamSet networkParamSet();

  /** Sizes of the layers between input and output. */
  default IntArrayParam hiddenLayers() {
    return networkParamSet().hiddenLayers;
  }

  /** Activation of the hidden layers. */
  default Param<String> activation() {
    return networkParamSet().activation;
  }

  /** A network as DL4J's JSON. */
  default Param<String> network() {
    return networkParamSet().network;
  }

  /** Path of a model zip to continue from. */
  default Param<String> initialModel() {
    return networkParamSet().initialModel;
  }

  /** Width that pictures are brought to. */
  default IntParam imageWidth() {
    return networkParamSet().imageWidth;
  }

  /** Height that pictures are brought to. */
  default IntParam imageHeight() {
    return networkParamSet().imageHeight;
  }

  /** As what pictures are read. */
  default Param<String> imageChannels() {
    return networkParamSet().imageChannels;
  }

  /** How pictures are changed while they are trained. */
  default Param<String> augment() {
    return networkParamSet().augment;
  }

  /** How pictures are brought to that size. */
  default Param<String> imageFit() {
    return networkParamSet().imageFit;
  }

  /** Whether black and white change places. */
  default Param<String> imageInversion() {
    return networkParamSet().imageInversion;
  }

  default S setHiddenLayers(int... sizes) {
    return with(hiddenLayers(), sizes);
  }

  default S setActivation(String value) {
    return with(activation(), value);
  }

  default S setNetwork(String json) {
    return with(network(), json);
  }

  default S setInitialModel(String path) {
    return with(initialModel(), path);
  }

  default S setImageWidth(int value) {
    return with(imageWidth(), value);
  }

  default S setImageHeight(int value) {
    return with(imageHeight(), value);
  }

  default S setImageChannels(String value) {
    return with(imageChannels(), value);
  }

  default S setAugment(String value) {
    return with(augment(), value);
  }

  default S setImageFit(String value) {
    return with(imageFit(), value);
  }

  default S setImageInversion(String value) {
    return with(imageInversion(), value);
  }
}
