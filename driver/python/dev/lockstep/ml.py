# Written by PythonWrapperTest from the parameters of the Java classes: do not change it by hand.
"""Lockstep's stages for pipelines of pyspark.ml; wrappers of the Java classes of the same names."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional

from pyspark import SparkContext, keyword_only
from pyspark.ml.param import Param, Params, TypeConverters
from pyspark.ml.util import JavaMLReadable, JavaMLWritable
from pyspark.ml.wrapper import JavaEstimator, JavaModel
from pyspark.sql import DataFrame

__all__ = ["LockstepClassifier", "LockstepRegressor", "LockstepModel"]


class LockstepClassifier(JavaEstimator, JavaMLReadable, JavaMLWritable):
    """Trains a classifier: softmax outputs, cross-entropy."""

    accumulate: "Param[int]" = Param(
        Params._dummy(),
        "accumulate",
        "minibatches of a worker whose gradients make one step",
        typeConverter=TypeConverters.toInt,
    )
    activation: "Param[str]" = Param(
        Params._dummy(),
        "activation",
        "of the hidden layers: relu, tanh, sigmoid",
        typeConverter=TypeConverters.toString,
    )
    augment: "Param[str]" = Param(
        Params._dummy(),
        "augment",
        "how pictures are changed each time they are trained, one change after the other, such as flip,crop:4; as --augment of lockstep train custom",
        typeConverter=TypeConverters.toString,
    )
    averagingPeriod: "Param[int]" = Param(
        Params._dummy(),
        "averagingPeriod",
        "minibatches each worker trains between two averages of parameters; 0 for a period that is found while training, from 1 on",
        typeConverter=TypeConverters.toInt,
    )
    batchSize: "Param[int]" = Param(
        Params._dummy(),
        "batchSize",
        "examples in a minibatch of one worker",
        typeConverter=TypeConverters.toInt,
    )
    checkpointDir: "Param[str]" = Param(
        Params._dummy(),
        "checkpointDir",
        "folder, on any Hadoop file system, for checkpoints, in a folder of its own for each fit; a fit of the same data and parameters that was interrupted goes on there, and one that ends removes its own",
        typeConverter=TypeConverters.toString,
    )
    checkpointEvery: "Param[int]" = Param(
        Params._dummy(),
        "checkpointEvery",
        "minibatches, over all workers, between checkpoints; each epoch where it is not set",
        typeConverter=TypeConverters.toInt,
    )
    classWeights: "Param[str]" = Param(
        Params._dummy(),
        "classWeights",
        "how much rows of each class count in the loss: balanced (each class alike, however many rows it has), or weights by class number with commas between, such as 1,2.5; where it is not set, all rows alike",
        typeConverter=TypeConverters.toString,
    )
    epochs: "Param[int]" = Param(
        Params._dummy(),
        "epochs",
        "how often each example is trained",
        typeConverter=TypeConverters.toInt,
    )
    featuresCol: "Param[str]" = Param(
        Params._dummy(),
        "featuresCol",
        "column of features: vectors, arrays of numbers, pictures of Spark's image source, or picture files of its binaryFile source (there: content)",
        typeConverter=TypeConverters.toString,
    )
    featuresCols: "Param[List[str]]" = Param(
        Params._dummy(),
        "featuresCols",
        "columns of features, instead of featuresCol, or one for each input of a network that has several, in its order: numbers, booleans, strings (one feature for each text of the training data), vectors and arrays of numbers; a missing number is the mean of the others, with a feature that says so",
        typeConverter=TypeConverters.toListString,
    )
    gradientClipping: "Param[str]" = Param(
        Params._dummy(),
        "gradientClipping",
        "how gradients are limited: value:V (each value) or norm:V (the norm of each layer's); as the network says where it is not set",
        typeConverter=TypeConverters.toString,
    )
    gradientEpochs: "Param[int]" = Param(
        Params._dummy(),
        "gradientEpochs",
        "for how many epochs, from the start, gradients are averaged before parameters are (post-local SGD)",
        typeConverter=TypeConverters.toInt,
    )
    handleInvalid: "Param[str]" = Param(
        Params._dummy(),
        "handleInvalid",
        "what becomes of rows that cannot be used: error (the job fails), skip (left out) or keep (null predictions with a reason; training leaves them out)",
        typeConverter=TypeConverters.toString,
    )
    hiddenLayers: "Param[List[int]]" = Param(
        Params._dummy(),
        "hiddenLayers",
        "sizes of the layers between input and output, which the data give; without them softmax or linear regression",
        typeConverter=TypeConverters.toListInt,
    )
    idCol: "Param[str]" = Param(
        Params._dummy(),
        "idCol",
        "column of unique whole numbers; rows are then trained in their order, whatever partitions they come in",
        typeConverter=TypeConverters.toString,
    )
    imageChannels: "Param[str]" = Param(
        Params._dummy(),
        "imageChannels",
        "as what pictures are read: grey or rgb; where it is not set, as the network takes them, and grey where that is made for the data",
        typeConverter=TypeConverters.toString,
    )
    imageFit: "Param[str]" = Param(
        Params._dummy(),
        "imageFit",
        "how pictures are brought to that size: mnist (a box of 20 in 28, centred by mass), stretch, pad (black margins) or none (other sizes are invalid)",
        typeConverter=TypeConverters.toString,
    )
    imageHeight: "Param[int]" = Param(
        Params._dummy(),
        "imageHeight",
        "height that pictures are brought to before they are trained",
        typeConverter=TypeConverters.toInt,
    )
    imageInversion: "Param[str]" = Param(
        Params._dummy(),
        "imageInversion",
        "whether black and white change places: auto (if the border is bright), yes or no",
        typeConverter=TypeConverters.toString,
    )
    imageWidth: "Param[int]" = Param(
        Params._dummy(),
        "imageWidth",
        "width that pictures are brought to before they are trained",
        typeConverter=TypeConverters.toInt,
    )
    initialModel: "Param[str]" = Param(
        Params._dummy(),
        "initialModel",
        "path of a model zip to continue from: its network and parameters; its updaters as with network",
        typeConverter=TypeConverters.toString,
    )
    keep: "Param[int]" = Param(
        Params._dummy(),
        "keep",
        "how many checkpoints to keep",
        typeConverter=TypeConverters.toInt,
    )
    labelCol: "Param[str]" = Param(
        Params._dummy(),
        "labelCol",
        "column of labels: class numbers from 0 or names of classes, vectors or arrays of 0 and 1 for several labels of a row, or for regression numbers, or vectors or arrays of them",
        typeConverter=TypeConverters.toString,
    )
    learningRate: "Param[float]" = Param(
        Params._dummy(),
        "learningRate",
        "step size of the optimizer",
        typeConverter=TypeConverters.toFloat,
    )
    learningRateSchedule: "Param[str]" = Param(
        Params._dummy(),
        "learningRateSchedule",
        "how learning rates change as examples are trained, whatever the number of workers: constant, step:EPOCHS:FACTOR, cosine, cosine:FLOOR or one-cycle",
        typeConverter=TypeConverters.toString,
    )
    localStep: "Param[str]" = Param(
        Params._dummy(),
        "localStep",
        "what computes a minibatch: blas (fast, dense layers only), dl4j, or auto",
        typeConverter=TypeConverters.toString,
    )
    minDelta: "Param[float]" = Param(
        Params._dummy(),
        "minDelta",
        "what patience counts as better must be so by more than this",
        typeConverter=TypeConverters.toFloat,
    )
    monitor: "Param[str]" = Param(
        Params._dummy(),
        "monitor",
        "what patience looks at: accuracy or loss; accuracy where it is not set and there are classes",
        typeConverter=TypeConverters.toString,
    )
    network: "Param[str]" = Param(
        Params._dummy(),
        "network",
        "a network of another kind, as DL4J's JSON; its updaters hold unless optimizer or learningRate are set",
        typeConverter=TypeConverters.toString,
    )
    normalise: "Param[str]" = Param(
        Params._dummy(),
        "normalise",
        "how features are brought into a range that trains well; kept with the model: none, scale (to 0..1), standardise (mean 0, deviation 1) or auto (pictures as scale, numbers as they are)",
        typeConverter=TypeConverters.toString,
    )
    optimizer: "Param[str]" = Param(
        Params._dummy(),
        "optimizer",
        "update rule: sgd, nesterovs, adam",
        typeConverter=TypeConverters.toString,
    )
    ordering: "Param[str]" = Param(
        Params._dummy(),
        "ordering",
        "order of a worker's examples: shuffled (anew for each epoch) or as-stored",
        typeConverter=TypeConverters.toString,
    )
    outer: "Param[str]" = Param(
        Params._dummy(),
        "outer",
        "what is made of each average of parameters: what a round changed is a gradient for an optimizer of its own: sgd, momentum, nesterov or adam; where it is not set, sgd, or momentum with outerMomentum",
        typeConverter=TypeConverters.toString,
    )
    outerLearningRate: "Param[float]" = Param(
        Params._dummy(),
        "outerLearningRate",
        "of outer; where it is not set, of sgd and momentum 1, of nesterov 0.7, of adam 0.01",
        typeConverter=TypeConverters.toFloat,
    )
    outerMomentum: "Param[float]" = Param(
        Params._dummy(),
        "outerMomentum",
        "momentum between averages of parameters; where it is not set, of outer momentum 0.5, of nesterov and adam 0.9",
        typeConverter=TypeConverters.toFloat,
    )
    patience: "Param[int]" = Param(
        Params._dummy(),
        "patience",
        "stop when so many validations in a row have brought nothing better, and give the best model; where it is not set, all is trained and the last model is given",
        typeConverter=TypeConverters.toInt,
    )
    predictedLabelCol: "Param[str]" = Param(
        Params._dummy(),
        "predictedLabelCol",
        "column for the name of the predicted class, or an array of those of several labels; empty for none",
        typeConverter=TypeConverters.toString,
    )
    predictionCol: "Param[str]" = Param(
        Params._dummy(),
        "predictionCol",
        "column for the prediction: the number of the most probable class, a vector of 0 and 1 for several labels of a row, the value, or a vector of values",
        typeConverter=TypeConverters.toString,
    )
    probabilityCol: "Param[str]" = Param(
        Params._dummy(),
        "probabilityCol",
        "column for a vector of the classes' or labels' probabilities; empty for none",
        typeConverter=TypeConverters.toString,
    )
    progress: "Param[bool]" = Param(
        Params._dummy(),
        "progress",
        "whether the driver's standard error shows a line for each epoch and validation",
        typeConverter=TypeConverters.toBoolean,
    )
    rawPredictionCol: "Param[str]" = Param(
        Params._dummy(),
        "rawPredictionCol",
        "column for a vector of the classes' logits, log p less its mean over the classes, or of the log-odds of each of several labels; empty for none",
        typeConverter=TypeConverters.toString,
    )
    reasonCol: "Param[str]" = Param(
        Params._dummy(),
        "reasonCol",
        "column for why a row was not predicted, where those are kept",
        typeConverter=TypeConverters.toString,
    )
    seed: "Param[int]" = Param(
        Params._dummy(),
        "seed",
        "of the initial weights and of the order of examples",
        typeConverter=TypeConverters.toInt,
    )
    steps: "Param[int]" = Param(
        Params._dummy(),
        "steps",
        "minibatches to train, over all workers together, instead of epochs",
        typeConverter=TypeConverters.toInt,
    )
    strategy: "Param[str]" = Param(
        Params._dummy(),
        "strategy",
        "how workers combine what they learn: parameter-averaging (replicas, averaged every averagingPeriod minibatches), gradient-averaging (all minibatches make one update) or single-process (one worker in the driver)",
        typeConverter=TypeConverters.toString,
    )
    tensorBoardDir: "Param[str]" = Param(
        Params._dummy(),
        "tensorBoardDir",
        "folder of the driver's machine for events for TensorBoard, in a folder of its own for each fit",
        typeConverter=TypeConverters.toString,
    )
    thresholds: "Param[List[float]]" = Param(
        Params._dummy(),
        "thresholds",
        "one for each class, by number: predicted is the class whose probability is the most times its threshold; the most probable where they are not set. Of several labels of a row, each is predicted that is more probable than its threshold, 0.5 where not set",
        typeConverter=TypeConverters.toListFloat,
    )
    updaterState: "Param[str]" = Param(
        Params._dummy(),
        "updaterState",
        "what becomes of the moments of Adam and momentum where parameters are averaged: averaged or reset",
        typeConverter=TypeConverters.toString,
    )
    validateEvery: "Param[int]" = Param(
        Params._dummy(),
        "validateEvery",
        "rounds, of one averaging period each, between validations; each epoch where it is not set",
        typeConverter=TypeConverters.toInt,
    )
    validationIndicatorCol: "Param[str]" = Param(
        Params._dummy(),
        "validationIndicatorCol",
        "column of booleans: rows with true are looked at while training and not trained; those with false or null are trained",
        typeConverter=TypeConverters.toString,
    )
    warmup: "Param[float]" = Param(
        Params._dummy(),
        "warmup",
        "epochs, or a part of one, in which learning rates rise from 0",
        typeConverter=TypeConverters.toFloat,
    )
    weightCol: "Param[str]" = Param(
        Params._dummy(),
        "weightCol",
        "column of numbers, each at least 0: how much each row counts, as so many equal rows would, in losses, gradients, averages and validation; where it is not set, all count 1",
        typeConverter=TypeConverters.toString,
    )
    weightsAverage: "Param[str]" = Param(
        Params._dummy(),
        "weightsAverage",
        "weights averaged over time, of which the model then is: none, ema:DECAY (what is left of older ones after each minibatch of any worker) or swa:EPOCH (the mean of those after each epoch from that one on)",
        typeConverter=TypeConverters.toString,
    )
    workers: "Param[int]" = Param(
        Params._dummy(),
        "workers",
        "replicas trained in parallel; as many as Spark has cores where it is not set",
        typeConverter=TypeConverters.toInt,
    )

    @keyword_only
    def __init__(
        self,
        *,
        accumulate: Optional[int] = None,
        activation: Optional[str] = None,
        augment: Optional[str] = None,
        averagingPeriod: Optional[int] = None,
        batchSize: Optional[int] = None,
        checkpointDir: Optional[str] = None,
        checkpointEvery: Optional[int] = None,
        classWeights: Optional[str] = None,
        epochs: Optional[int] = None,
        featuresCol: Optional[str] = None,
        featuresCols: Optional[List[str]] = None,
        gradientClipping: Optional[str] = None,
        gradientEpochs: Optional[int] = None,
        handleInvalid: Optional[str] = None,
        hiddenLayers: Optional[List[int]] = None,
        idCol: Optional[str] = None,
        imageChannels: Optional[str] = None,
        imageFit: Optional[str] = None,
        imageHeight: Optional[int] = None,
        imageInversion: Optional[str] = None,
        imageWidth: Optional[int] = None,
        initialModel: Optional[str] = None,
        keep: Optional[int] = None,
        labelCol: Optional[str] = None,
        learningRate: Optional[float] = None,
        learningRateSchedule: Optional[str] = None,
        localStep: Optional[str] = None,
        minDelta: Optional[float] = None,
        monitor: Optional[str] = None,
        network: Optional[str] = None,
        normalise: Optional[str] = None,
        optimizer: Optional[str] = None,
        ordering: Optional[str] = None,
        outer: Optional[str] = None,
        outerLearningRate: Optional[float] = None,
        outerMomentum: Optional[float] = None,
        patience: Optional[int] = None,
        predictedLabelCol: Optional[str] = None,
        predictionCol: Optional[str] = None,
        probabilityCol: Optional[str] = None,
        progress: Optional[bool] = None,
        rawPredictionCol: Optional[str] = None,
        reasonCol: Optional[str] = None,
        seed: Optional[int] = None,
        steps: Optional[int] = None,
        strategy: Optional[str] = None,
        tensorBoardDir: Optional[str] = None,
        thresholds: Optional[List[float]] = None,
        updaterState: Optional[str] = None,
        validateEvery: Optional[int] = None,
        validationIndicatorCol: Optional[str] = None,
        warmup: Optional[float] = None,
        weightCol: Optional[str] = None,
        weightsAverage: Optional[str] = None,
        workers: Optional[int] = None,
    ) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj("dev.lockstep.ml.LockstepClassifier", self.uid)
        self._setDefault(
            accumulate=1,
            activation="relu",
            averagingPeriod=10,
            batchSize=64,
            epochs=10,
            featuresCol="features",
            gradientEpochs=0,
            handleInvalid="error",
            imageFit="pad",
            imageInversion="no",
            keep=3,
            labelCol="label",
            learningRate=0.001,
            learningRateSchedule="constant",
            localStep="auto",
            minDelta=0.0,
            normalise="auto",
            optimizer="adam",
            ordering="shuffled",
            predictedLabelCol="",
            predictionCol="prediction",
            probabilityCol="probability",
            progress=False,
            rawPredictionCol="rawPrediction",
            reasonCol="reason",
            seed=1,
            strategy="parameter-averaging",
            updaterState="averaged",
            warmup=0.0,
            weightsAverage="none",
        )
        self.setParams(**self._given(self._input_kwargs))

    @keyword_only
    def setParams(
        self,
        *,
        accumulate: Optional[int] = None,
        activation: Optional[str] = None,
        augment: Optional[str] = None,
        averagingPeriod: Optional[int] = None,
        batchSize: Optional[int] = None,
        checkpointDir: Optional[str] = None,
        checkpointEvery: Optional[int] = None,
        classWeights: Optional[str] = None,
        epochs: Optional[int] = None,
        featuresCol: Optional[str] = None,
        featuresCols: Optional[List[str]] = None,
        gradientClipping: Optional[str] = None,
        gradientEpochs: Optional[int] = None,
        handleInvalid: Optional[str] = None,
        hiddenLayers: Optional[List[int]] = None,
        idCol: Optional[str] = None,
        imageChannels: Optional[str] = None,
        imageFit: Optional[str] = None,
        imageHeight: Optional[int] = None,
        imageInversion: Optional[str] = None,
        imageWidth: Optional[int] = None,
        initialModel: Optional[str] = None,
        keep: Optional[int] = None,
        labelCol: Optional[str] = None,
        learningRate: Optional[float] = None,
        learningRateSchedule: Optional[str] = None,
        localStep: Optional[str] = None,
        minDelta: Optional[float] = None,
        monitor: Optional[str] = None,
        network: Optional[str] = None,
        normalise: Optional[str] = None,
        optimizer: Optional[str] = None,
        ordering: Optional[str] = None,
        outer: Optional[str] = None,
        outerLearningRate: Optional[float] = None,
        outerMomentum: Optional[float] = None,
        patience: Optional[int] = None,
        predictedLabelCol: Optional[str] = None,
        predictionCol: Optional[str] = None,
        probabilityCol: Optional[str] = None,
        progress: Optional[bool] = None,
        rawPredictionCol: Optional[str] = None,
        reasonCol: Optional[str] = None,
        seed: Optional[int] = None,
        steps: Optional[int] = None,
        strategy: Optional[str] = None,
        tensorBoardDir: Optional[str] = None,
        thresholds: Optional[List[float]] = None,
        updaterState: Optional[str] = None,
        validateEvery: Optional[int] = None,
        validationIndicatorCol: Optional[str] = None,
        warmup: Optional[float] = None,
        weightCol: Optional[str] = None,
        weightsAverage: Optional[str] = None,
        workers: Optional[int] = None,
    ) -> "LockstepClassifier":
        """Sets those parameters that are given."""
        return self._set(**self._given(self._input_kwargs))

    @staticmethod
    def _given(values: Dict[str, Any]) -> Dict[str, Any]:
        return {name: value for name, value in values.items() if value is not None}

    def setValidationDataset(self, dataset: Optional[DataFrame]) -> "LockstepClassifier":
        """Rows to look at while training; copied with the estimator, not saved with it."""
        self._java_obj.setValidationDataset(None if dataset is None else dataset._jdf)
        return self

    def _create_model(self, java_model: Any) -> "LockstepModel":
        return LockstepModel(java_model)

    def setAccumulate(self, value: int) -> "LockstepClassifier":
        """Sets accumulate."""
        return self._set(accumulate=value)

    def getAccumulate(self) -> int:
        """Gets accumulate, or its default."""
        return self.getOrDefault(self.accumulate)

    def setActivation(self, value: str) -> "LockstepClassifier":
        """Sets activation."""
        return self._set(activation=value)

    def getActivation(self) -> str:
        """Gets activation, or its default."""
        return self.getOrDefault(self.activation)

    def setAugment(self, value: str) -> "LockstepClassifier":
        """Sets augment."""
        return self._set(augment=value)

    def getAugment(self) -> str:
        """Gets augment, or its default."""
        return self.getOrDefault(self.augment)

    def setAveragingPeriod(self, value: int) -> "LockstepClassifier":
        """Sets averagingPeriod."""
        return self._set(averagingPeriod=value)

    def getAveragingPeriod(self) -> int:
        """Gets averagingPeriod, or its default."""
        return self.getOrDefault(self.averagingPeriod)

    def setBatchSize(self, value: int) -> "LockstepClassifier":
        """Sets batchSize."""
        return self._set(batchSize=value)

    def getBatchSize(self) -> int:
        """Gets batchSize, or its default."""
        return self.getOrDefault(self.batchSize)

    def setCheckpointDir(self, value: str) -> "LockstepClassifier":
        """Sets checkpointDir."""
        return self._set(checkpointDir=value)

    def getCheckpointDir(self) -> str:
        """Gets checkpointDir, or its default."""
        return self.getOrDefault(self.checkpointDir)

    def setCheckpointEvery(self, value: int) -> "LockstepClassifier":
        """Sets checkpointEvery."""
        return self._set(checkpointEvery=value)

    def getCheckpointEvery(self) -> int:
        """Gets checkpointEvery, or its default."""
        return self.getOrDefault(self.checkpointEvery)

    def setClassWeights(self, value: str) -> "LockstepClassifier":
        """Sets classWeights."""
        return self._set(classWeights=value)

    def getClassWeights(self) -> str:
        """Gets classWeights, or its default."""
        return self.getOrDefault(self.classWeights)

    def setEpochs(self, value: int) -> "LockstepClassifier":
        """Sets epochs."""
        return self._set(epochs=value)

    def getEpochs(self) -> int:
        """Gets epochs, or its default."""
        return self.getOrDefault(self.epochs)

    def setFeaturesCol(self, value: str) -> "LockstepClassifier":
        """Sets featuresCol."""
        return self._set(featuresCol=value)

    def getFeaturesCol(self) -> str:
        """Gets featuresCol, or its default."""
        return self.getOrDefault(self.featuresCol)

    def setFeaturesCols(self, value: List[str]) -> "LockstepClassifier":
        """Sets featuresCols."""
        return self._set(featuresCols=value)

    def getFeaturesCols(self) -> List[str]:
        """Gets featuresCols, or its default."""
        return self.getOrDefault(self.featuresCols)

    def setGradientClipping(self, value: str) -> "LockstepClassifier":
        """Sets gradientClipping."""
        return self._set(gradientClipping=value)

    def getGradientClipping(self) -> str:
        """Gets gradientClipping, or its default."""
        return self.getOrDefault(self.gradientClipping)

    def setGradientEpochs(self, value: int) -> "LockstepClassifier":
        """Sets gradientEpochs."""
        return self._set(gradientEpochs=value)

    def getGradientEpochs(self) -> int:
        """Gets gradientEpochs, or its default."""
        return self.getOrDefault(self.gradientEpochs)

    def setHandleInvalid(self, value: str) -> "LockstepClassifier":
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)

    def getHandleInvalid(self) -> str:
        """Gets handleInvalid, or its default."""
        return self.getOrDefault(self.handleInvalid)

    def setHiddenLayers(self, value: List[int]) -> "LockstepClassifier":
        """Sets hiddenLayers."""
        return self._set(hiddenLayers=value)

    def getHiddenLayers(self) -> List[int]:
        """Gets hiddenLayers, or its default."""
        return self.getOrDefault(self.hiddenLayers)

    def setIdCol(self, value: str) -> "LockstepClassifier":
        """Sets idCol."""
        return self._set(idCol=value)

    def getIdCol(self) -> str:
        """Gets idCol, or its default."""
        return self.getOrDefault(self.idCol)

    def setImageChannels(self, value: str) -> "LockstepClassifier":
        """Sets imageChannels."""
        return self._set(imageChannels=value)

    def getImageChannels(self) -> str:
        """Gets imageChannels, or its default."""
        return self.getOrDefault(self.imageChannels)

    def setImageFit(self, value: str) -> "LockstepClassifier":
        """Sets imageFit."""
        return self._set(imageFit=value)

    def getImageFit(self) -> str:
        """Gets imageFit, or its default."""
        return self.getOrDefault(self.imageFit)

    def setImageHeight(self, value: int) -> "LockstepClassifier":
        """Sets imageHeight."""
        return self._set(imageHeight=value)

    def getImageHeight(self) -> int:
        """Gets imageHeight, or its default."""
        return self.getOrDefault(self.imageHeight)

    def setImageInversion(self, value: str) -> "LockstepClassifier":
        """Sets imageInversion."""
        return self._set(imageInversion=value)

    def getImageInversion(self) -> str:
        """Gets imageInversion, or its default."""
        return self.getOrDefault(self.imageInversion)

    def setImageWidth(self, value: int) -> "LockstepClassifier":
        """Sets imageWidth."""
        return self._set(imageWidth=value)

    def getImageWidth(self) -> int:
        """Gets imageWidth, or its default."""
        return self.getOrDefault(self.imageWidth)

    def setInitialModel(self, value: str) -> "LockstepClassifier":
        """Sets initialModel."""
        return self._set(initialModel=value)

    def getInitialModel(self) -> str:
        """Gets initialModel, or its default."""
        return self.getOrDefault(self.initialModel)

    def setKeep(self, value: int) -> "LockstepClassifier":
        """Sets keep."""
        return self._set(keep=value)

    def getKeep(self) -> int:
        """Gets keep, or its default."""
        return self.getOrDefault(self.keep)

    def setLabelCol(self, value: str) -> "LockstepClassifier":
        """Sets labelCol."""
        return self._set(labelCol=value)

    def getLabelCol(self) -> str:
        """Gets labelCol, or its default."""
        return self.getOrDefault(self.labelCol)

    def setLearningRate(self, value: float) -> "LockstepClassifier":
        """Sets learningRate."""
        return self._set(learningRate=value)

    def getLearningRate(self) -> float:
        """Gets learningRate, or its default."""
        return self.getOrDefault(self.learningRate)

    def setLearningRateSchedule(self, value: str) -> "LockstepClassifier":
        """Sets learningRateSchedule."""
        return self._set(learningRateSchedule=value)

    def getLearningRateSchedule(self) -> str:
        """Gets learningRateSchedule, or its default."""
        return self.getOrDefault(self.learningRateSchedule)

    def setLocalStep(self, value: str) -> "LockstepClassifier":
        """Sets localStep."""
        return self._set(localStep=value)

    def getLocalStep(self) -> str:
        """Gets localStep, or its default."""
        return self.getOrDefault(self.localStep)

    def setMinDelta(self, value: float) -> "LockstepClassifier":
        """Sets minDelta."""
        return self._set(minDelta=value)

    def getMinDelta(self) -> float:
        """Gets minDelta, or its default."""
        return self.getOrDefault(self.minDelta)

    def setMonitor(self, value: str) -> "LockstepClassifier":
        """Sets monitor."""
        return self._set(monitor=value)

    def getMonitor(self) -> str:
        """Gets monitor, or its default."""
        return self.getOrDefault(self.monitor)

    def setNetwork(self, value: str) -> "LockstepClassifier":
        """Sets network."""
        return self._set(network=value)

    def getNetwork(self) -> str:
        """Gets network, or its default."""
        return self.getOrDefault(self.network)

    def setNormalise(self, value: str) -> "LockstepClassifier":
        """Sets normalise."""
        return self._set(normalise=value)

    def getNormalise(self) -> str:
        """Gets normalise, or its default."""
        return self.getOrDefault(self.normalise)

    def setOptimizer(self, value: str) -> "LockstepClassifier":
        """Sets optimizer."""
        return self._set(optimizer=value)

    def getOptimizer(self) -> str:
        """Gets optimizer, or its default."""
        return self.getOrDefault(self.optimizer)

    def setOrdering(self, value: str) -> "LockstepClassifier":
        """Sets ordering."""
        return self._set(ordering=value)

    def getOrdering(self) -> str:
        """Gets ordering, or its default."""
        return self.getOrDefault(self.ordering)

    def setOuter(self, value: str) -> "LockstepClassifier":
        """Sets outer."""
        return self._set(outer=value)

    def getOuter(self) -> str:
        """Gets outer, or its default."""
        return self.getOrDefault(self.outer)

    def setOuterLearningRate(self, value: float) -> "LockstepClassifier":
        """Sets outerLearningRate."""
        return self._set(outerLearningRate=value)

    def getOuterLearningRate(self) -> float:
        """Gets outerLearningRate, or its default."""
        return self.getOrDefault(self.outerLearningRate)

    def setOuterMomentum(self, value: float) -> "LockstepClassifier":
        """Sets outerMomentum."""
        return self._set(outerMomentum=value)

    def getOuterMomentum(self) -> float:
        """Gets outerMomentum, or its default."""
        return self.getOrDefault(self.outerMomentum)

    def setPatience(self, value: int) -> "LockstepClassifier":
        """Sets patience."""
        return self._set(patience=value)

    def getPatience(self) -> int:
        """Gets patience, or its default."""
        return self.getOrDefault(self.patience)

    def setPredictedLabelCol(self, value: str) -> "LockstepClassifier":
        """Sets predictedLabelCol."""
        return self._set(predictedLabelCol=value)

    def getPredictedLabelCol(self) -> str:
        """Gets predictedLabelCol, or its default."""
        return self.getOrDefault(self.predictedLabelCol)

    def setPredictionCol(self, value: str) -> "LockstepClassifier":
        """Sets predictionCol."""
        return self._set(predictionCol=value)

    def getPredictionCol(self) -> str:
        """Gets predictionCol, or its default."""
        return self.getOrDefault(self.predictionCol)

    def setProbabilityCol(self, value: str) -> "LockstepClassifier":
        """Sets probabilityCol."""
        return self._set(probabilityCol=value)

    def getProbabilityCol(self) -> str:
        """Gets probabilityCol, or its default."""
        return self.getOrDefault(self.probabilityCol)

    def setProgress(self, value: bool) -> "LockstepClassifier":
        """Sets progress."""
        return self._set(progress=value)

    def getProgress(self) -> bool:
        """Gets progress, or its default."""
        return self.getOrDefault(self.progress)

    def setRawPredictionCol(self, value: str) -> "LockstepClassifier":
        """Sets rawPredictionCol."""
        return self._set(rawPredictionCol=value)

    def getRawPredictionCol(self) -> str:
        """Gets rawPredictionCol, or its default."""
        return self.getOrDefault(self.rawPredictionCol)

    def setReasonCol(self, value: str) -> "LockstepClassifier":
        """Sets reasonCol."""
        return self._set(reasonCol=value)

    def getReasonCol(self) -> str:
        """Gets reasonCol, or its default."""
        return self.getOrDefault(self.reasonCol)

    def setSeed(self, value: int) -> "LockstepClassifier":
        """Sets seed."""
        return self._set(seed=value)

    def getSeed(self) -> int:
        """Gets seed, or its default."""
        return self.getOrDefault(self.seed)

    def setSteps(self, value: int) -> "LockstepClassifier":
        """Sets steps."""
        return self._set(steps=value)

    def getSteps(self) -> int:
        """Gets steps, or its default."""
        return self.getOrDefault(self.steps)

    def setStrategy(self, value: str) -> "LockstepClassifier":
        """Sets strategy."""
        return self._set(strategy=value)

    def getStrategy(self) -> str:
        """Gets strategy, or its default."""
        return self.getOrDefault(self.strategy)

    def setTensorBoardDir(self, value: str) -> "LockstepClassifier":
        """Sets tensorBoardDir."""
        return self._set(tensorBoardDir=value)

    def getTensorBoardDir(self) -> str:
        """Gets tensorBoardDir, or its default."""
        return self.getOrDefault(self.tensorBoardDir)

    def setThresholds(self, value: List[float]) -> "LockstepClassifier":
        """Sets thresholds."""
        return self._set(thresholds=value)

    def getThresholds(self) -> List[float]:
        """Gets thresholds, or its default."""
        return self.getOrDefault(self.thresholds)

    def setUpdaterState(self, value: str) -> "LockstepClassifier":
        """Sets updaterState."""
        return self._set(updaterState=value)

    def getUpdaterState(self) -> str:
        """Gets updaterState, or its default."""
        return self.getOrDefault(self.updaterState)

    def setValidateEvery(self, value: int) -> "LockstepClassifier":
        """Sets validateEvery."""
        return self._set(validateEvery=value)

    def getValidateEvery(self) -> int:
        """Gets validateEvery, or its default."""
        return self.getOrDefault(self.validateEvery)

    def setValidationIndicatorCol(self, value: str) -> "LockstepClassifier":
        """Sets validationIndicatorCol."""
        return self._set(validationIndicatorCol=value)

    def getValidationIndicatorCol(self) -> str:
        """Gets validationIndicatorCol, or its default."""
        return self.getOrDefault(self.validationIndicatorCol)

    def setWarmup(self, value: float) -> "LockstepClassifier":
        """Sets warmup."""
        return self._set(warmup=value)

    def getWarmup(self) -> float:
        """Gets warmup, or its default."""
        return self.getOrDefault(self.warmup)

    def setWeightCol(self, value: str) -> "LockstepClassifier":
        """Sets weightCol."""
        return self._set(weightCol=value)

    def getWeightCol(self) -> str:
        """Gets weightCol, or its default."""
        return self.getOrDefault(self.weightCol)

    def setWeightsAverage(self, value: str) -> "LockstepClassifier":
        """Sets weightsAverage."""
        return self._set(weightsAverage=value)

    def getWeightsAverage(self) -> str:
        """Gets weightsAverage, or its default."""
        return self.getOrDefault(self.weightsAverage)

    def setWorkers(self, value: int) -> "LockstepClassifier":
        """Sets workers."""
        return self._set(workers=value)

    def getWorkers(self) -> int:
        """Gets workers, or its default."""
        return self.getOrDefault(self.workers)


class LockstepRegressor(JavaEstimator, JavaMLReadable, JavaMLWritable):
    """Trains a regression: identity outputs, mean squared error."""

    accumulate: "Param[int]" = Param(
        Params._dummy(),
        "accumulate",
        "minibatches of a worker whose gradients make one step",
        typeConverter=TypeConverters.toInt,
    )
    activation: "Param[str]" = Param(
        Params._dummy(),
        "activation",
        "of the hidden layers: relu, tanh, sigmoid",
        typeConverter=TypeConverters.toString,
    )
    augment: "Param[str]" = Param(
        Params._dummy(),
        "augment",
        "how pictures are changed each time they are trained, one change after the other, such as flip,crop:4; as --augment of lockstep train custom",
        typeConverter=TypeConverters.toString,
    )
    averagingPeriod: "Param[int]" = Param(
        Params._dummy(),
        "averagingPeriod",
        "minibatches each worker trains between two averages of parameters; 0 for a period that is found while training, from 1 on",
        typeConverter=TypeConverters.toInt,
    )
    batchSize: "Param[int]" = Param(
        Params._dummy(),
        "batchSize",
        "examples in a minibatch of one worker",
        typeConverter=TypeConverters.toInt,
    )
    checkpointDir: "Param[str]" = Param(
        Params._dummy(),
        "checkpointDir",
        "folder, on any Hadoop file system, for checkpoints, in a folder of its own for each fit; a fit of the same data and parameters that was interrupted goes on there, and one that ends removes its own",
        typeConverter=TypeConverters.toString,
    )
    checkpointEvery: "Param[int]" = Param(
        Params._dummy(),
        "checkpointEvery",
        "minibatches, over all workers, between checkpoints; each epoch where it is not set",
        typeConverter=TypeConverters.toInt,
    )
    epochs: "Param[int]" = Param(
        Params._dummy(),
        "epochs",
        "how often each example is trained",
        typeConverter=TypeConverters.toInt,
    )
    featuresCol: "Param[str]" = Param(
        Params._dummy(),
        "featuresCol",
        "column of features: vectors, arrays of numbers, pictures of Spark's image source, or picture files of its binaryFile source (there: content)",
        typeConverter=TypeConverters.toString,
    )
    featuresCols: "Param[List[str]]" = Param(
        Params._dummy(),
        "featuresCols",
        "columns of features, instead of featuresCol, or one for each input of a network that has several, in its order: numbers, booleans, strings (one feature for each text of the training data), vectors and arrays of numbers; a missing number is the mean of the others, with a feature that says so",
        typeConverter=TypeConverters.toListString,
    )
    gradientClipping: "Param[str]" = Param(
        Params._dummy(),
        "gradientClipping",
        "how gradients are limited: value:V (each value) or norm:V (the norm of each layer's); as the network says where it is not set",
        typeConverter=TypeConverters.toString,
    )
    gradientEpochs: "Param[int]" = Param(
        Params._dummy(),
        "gradientEpochs",
        "for how many epochs, from the start, gradients are averaged before parameters are (post-local SGD)",
        typeConverter=TypeConverters.toInt,
    )
    handleInvalid: "Param[str]" = Param(
        Params._dummy(),
        "handleInvalid",
        "what becomes of rows that cannot be used: error (the job fails), skip (left out) or keep (null predictions with a reason; training leaves them out)",
        typeConverter=TypeConverters.toString,
    )
    hiddenLayers: "Param[List[int]]" = Param(
        Params._dummy(),
        "hiddenLayers",
        "sizes of the layers between input and output, which the data give; without them softmax or linear regression",
        typeConverter=TypeConverters.toListInt,
    )
    idCol: "Param[str]" = Param(
        Params._dummy(),
        "idCol",
        "column of unique whole numbers; rows are then trained in their order, whatever partitions they come in",
        typeConverter=TypeConverters.toString,
    )
    imageChannels: "Param[str]" = Param(
        Params._dummy(),
        "imageChannels",
        "as what pictures are read: grey or rgb; where it is not set, as the network takes them, and grey where that is made for the data",
        typeConverter=TypeConverters.toString,
    )
    imageFit: "Param[str]" = Param(
        Params._dummy(),
        "imageFit",
        "how pictures are brought to that size: mnist (a box of 20 in 28, centred by mass), stretch, pad (black margins) or none (other sizes are invalid)",
        typeConverter=TypeConverters.toString,
    )
    imageHeight: "Param[int]" = Param(
        Params._dummy(),
        "imageHeight",
        "height that pictures are brought to before they are trained",
        typeConverter=TypeConverters.toInt,
    )
    imageInversion: "Param[str]" = Param(
        Params._dummy(),
        "imageInversion",
        "whether black and white change places: auto (if the border is bright), yes or no",
        typeConverter=TypeConverters.toString,
    )
    imageWidth: "Param[int]" = Param(
        Params._dummy(),
        "imageWidth",
        "width that pictures are brought to before they are trained",
        typeConverter=TypeConverters.toInt,
    )
    initialModel: "Param[str]" = Param(
        Params._dummy(),
        "initialModel",
        "path of a model zip to continue from: its network and parameters; its updaters as with network",
        typeConverter=TypeConverters.toString,
    )
    keep: "Param[int]" = Param(
        Params._dummy(),
        "keep",
        "how many checkpoints to keep",
        typeConverter=TypeConverters.toInt,
    )
    labelCol: "Param[str]" = Param(
        Params._dummy(),
        "labelCol",
        "column of labels: class numbers from 0 or names of classes, vectors or arrays of 0 and 1 for several labels of a row, or for regression numbers, or vectors or arrays of them",
        typeConverter=TypeConverters.toString,
    )
    learningRate: "Param[float]" = Param(
        Params._dummy(),
        "learningRate",
        "step size of the optimizer",
        typeConverter=TypeConverters.toFloat,
    )
    learningRateSchedule: "Param[str]" = Param(
        Params._dummy(),
        "learningRateSchedule",
        "how learning rates change as examples are trained, whatever the number of workers: constant, step:EPOCHS:FACTOR, cosine, cosine:FLOOR or one-cycle",
        typeConverter=TypeConverters.toString,
    )
    localStep: "Param[str]" = Param(
        Params._dummy(),
        "localStep",
        "what computes a minibatch: blas (fast, dense layers only), dl4j, or auto",
        typeConverter=TypeConverters.toString,
    )
    minDelta: "Param[float]" = Param(
        Params._dummy(),
        "minDelta",
        "what patience counts as better must be so by more than this",
        typeConverter=TypeConverters.toFloat,
    )
    monitor: "Param[str]" = Param(
        Params._dummy(),
        "monitor",
        "what patience looks at: accuracy or loss; accuracy where it is not set and there are classes",
        typeConverter=TypeConverters.toString,
    )
    network: "Param[str]" = Param(
        Params._dummy(),
        "network",
        "a network of another kind, as DL4J's JSON; its updaters hold unless optimizer or learningRate are set",
        typeConverter=TypeConverters.toString,
    )
    normalise: "Param[str]" = Param(
        Params._dummy(),
        "normalise",
        "how features are brought into a range that trains well; kept with the model: none, scale (to 0..1), standardise (mean 0, deviation 1) or auto (pictures as scale, numbers as they are)",
        typeConverter=TypeConverters.toString,
    )
    normaliseTargets: "Param[str]" = Param(
        Params._dummy(),
        "normaliseTargets",
        "what is learnt: labels as they are (none), standardised to mean 0 and deviation 1 (standardise), or so where they are far from that (auto); predictions are in the labels' units; where it is not set, auto, or as the initialModel has learnt",
        typeConverter=TypeConverters.toString,
    )
    optimizer: "Param[str]" = Param(
        Params._dummy(),
        "optimizer",
        "update rule: sgd, nesterovs, adam",
        typeConverter=TypeConverters.toString,
    )
    ordering: "Param[str]" = Param(
        Params._dummy(),
        "ordering",
        "order of a worker's examples: shuffled (anew for each epoch) or as-stored",
        typeConverter=TypeConverters.toString,
    )
    outer: "Param[str]" = Param(
        Params._dummy(),
        "outer",
        "what is made of each average of parameters: what a round changed is a gradient for an optimizer of its own: sgd, momentum, nesterov or adam; where it is not set, sgd, or momentum with outerMomentum",
        typeConverter=TypeConverters.toString,
    )
    outerLearningRate: "Param[float]" = Param(
        Params._dummy(),
        "outerLearningRate",
        "of outer; where it is not set, of sgd and momentum 1, of nesterov 0.7, of adam 0.01",
        typeConverter=TypeConverters.toFloat,
    )
    outerMomentum: "Param[float]" = Param(
        Params._dummy(),
        "outerMomentum",
        "momentum between averages of parameters; where it is not set, of outer momentum 0.5, of nesterov and adam 0.9",
        typeConverter=TypeConverters.toFloat,
    )
    patience: "Param[int]" = Param(
        Params._dummy(),
        "patience",
        "stop when so many validations in a row have brought nothing better, and give the best model; where it is not set, all is trained and the last model is given",
        typeConverter=TypeConverters.toInt,
    )
    predictionCol: "Param[str]" = Param(
        Params._dummy(),
        "predictionCol",
        "column for the prediction: the number of the most probable class, a vector of 0 and 1 for several labels of a row, the value, or a vector of values",
        typeConverter=TypeConverters.toString,
    )
    progress: "Param[bool]" = Param(
        Params._dummy(),
        "progress",
        "whether the driver's standard error shows a line for each epoch and validation",
        typeConverter=TypeConverters.toBoolean,
    )
    reasonCol: "Param[str]" = Param(
        Params._dummy(),
        "reasonCol",
        "column for why a row was not predicted, where those are kept",
        typeConverter=TypeConverters.toString,
    )
    seed: "Param[int]" = Param(
        Params._dummy(),
        "seed",
        "of the initial weights and of the order of examples",
        typeConverter=TypeConverters.toInt,
    )
    steps: "Param[int]" = Param(
        Params._dummy(),
        "steps",
        "minibatches to train, over all workers together, instead of epochs",
        typeConverter=TypeConverters.toInt,
    )
    strategy: "Param[str]" = Param(
        Params._dummy(),
        "strategy",
        "how workers combine what they learn: parameter-averaging (replicas, averaged every averagingPeriod minibatches), gradient-averaging (all minibatches make one update) or single-process (one worker in the driver)",
        typeConverter=TypeConverters.toString,
    )
    tensorBoardDir: "Param[str]" = Param(
        Params._dummy(),
        "tensorBoardDir",
        "folder of the driver's machine for events for TensorBoard, in a folder of its own for each fit",
        typeConverter=TypeConverters.toString,
    )
    updaterState: "Param[str]" = Param(
        Params._dummy(),
        "updaterState",
        "what becomes of the moments of Adam and momentum where parameters are averaged: averaged or reset",
        typeConverter=TypeConverters.toString,
    )
    validateEvery: "Param[int]" = Param(
        Params._dummy(),
        "validateEvery",
        "rounds, of one averaging period each, between validations; each epoch where it is not set",
        typeConverter=TypeConverters.toInt,
    )
    validationIndicatorCol: "Param[str]" = Param(
        Params._dummy(),
        "validationIndicatorCol",
        "column of booleans: rows with true are looked at while training and not trained; those with false or null are trained",
        typeConverter=TypeConverters.toString,
    )
    warmup: "Param[float]" = Param(
        Params._dummy(),
        "warmup",
        "epochs, or a part of one, in which learning rates rise from 0",
        typeConverter=TypeConverters.toFloat,
    )
    weightCol: "Param[str]" = Param(
        Params._dummy(),
        "weightCol",
        "column of numbers, each at least 0: how much each row counts, as so many equal rows would, in losses, gradients, averages and validation; where it is not set, all count 1",
        typeConverter=TypeConverters.toString,
    )
    weightsAverage: "Param[str]" = Param(
        Params._dummy(),
        "weightsAverage",
        "weights averaged over time, of which the model then is: none, ema:DECAY (what is left of older ones after each minibatch of any worker) or swa:EPOCH (the mean of those after each epoch from that one on)",
        typeConverter=TypeConverters.toString,
    )
    workers: "Param[int]" = Param(
        Params._dummy(),
        "workers",
        "replicas trained in parallel; as many as Spark has cores where it is not set",
        typeConverter=TypeConverters.toInt,
    )

    @keyword_only
    def __init__(
        self,
        *,
        accumulate: Optional[int] = None,
        activation: Optional[str] = None,
        augment: Optional[str] = None,
        averagingPeriod: Optional[int] = None,
        batchSize: Optional[int] = None,
        checkpointDir: Optional[str] = None,
        checkpointEvery: Optional[int] = None,
        epochs: Optional[int] = None,
        featuresCol: Optional[str] = None,
        featuresCols: Optional[List[str]] = None,
        gradientClipping: Optional[str] = None,
        gradientEpochs: Optional[int] = None,
        handleInvalid: Optional[str] = None,
        hiddenLayers: Optional[List[int]] = None,
        idCol: Optional[str] = None,
        imageChannels: Optional[str] = None,
        imageFit: Optional[str] = None,
        imageHeight: Optional[int] = None,
        imageInversion: Optional[str] = None,
        imageWidth: Optional[int] = None,
        initialModel: Optional[str] = None,
        keep: Optional[int] = None,
        labelCol: Optional[str] = None,
        learningRate: Optional[float] = None,
        learningRateSchedule: Optional[str] = None,
        localStep: Optional[str] = None,
        minDelta: Optional[float] = None,
        monitor: Optional[str] = None,
        network: Optional[str] = None,
        normalise: Optional[str] = None,
        normaliseTargets: Optional[str] = None,
        optimizer: Optional[str] = None,
        ordering: Optional[str] = None,
        outer: Optional[str] = None,
        outerLearningRate: Optional[float] = None,
        outerMomentum: Optional[float] = None,
        patience: Optional[int] = None,
        predictionCol: Optional[str] = None,
        progress: Optional[bool] = None,
        reasonCol: Optional[str] = None,
        seed: Optional[int] = None,
        steps: Optional[int] = None,
        strategy: Optional[str] = None,
        tensorBoardDir: Optional[str] = None,
        updaterState: Optional[str] = None,
        validateEvery: Optional[int] = None,
        validationIndicatorCol: Optional[str] = None,
        warmup: Optional[float] = None,
        weightCol: Optional[str] = None,
        weightsAverage: Optional[str] = None,
        workers: Optional[int] = None,
    ) -> None:
        super().__init__()
        self._java_obj = self._new_java_obj("dev.lockstep.ml.LockstepRegressor", self.uid)
        self._setDefault(
            accumulate=1,
            activation="relu",
            averagingPeriod=10,
            batchSize=64,
            epochs=10,
            featuresCol="features",
            gradientEpochs=0,
            handleInvalid="error",
            imageFit="pad",
            imageInversion="no",
            keep=3,
            labelCol="label",
            learningRate=0.001,
            learningRateSchedule="constant",
            localStep="auto",
            minDelta=0.0,
            normalise="auto",
            optimizer="adam",
            ordering="shuffled",
            predictionCol="prediction",
            progress=False,
            reasonCol="reason",
            seed=1,
            strategy="parameter-averaging",
            updaterState="averaged",
            warmup=0.0,
            weightsAverage="none",
        )
        self.setParams(**self._given(self._input_kwargs))

    @keyword_only
    def setParams(
        self,
        *,
        accumulate: Optional[int] = None,
        activation: Optional[str] = None,
        augment: Optional[str] = None,
        averagingPeriod: Optional[int] = None,
        batchSize: Optional[int] = None,
        checkpointDir: Optional[str] = None,
        checkpointEvery: Optional[int] = None,
        epochs: Optional[int] = None,
        featuresCol: Optional[str] = None,
        featuresCols: Optional[List[str]] = None,
        gradientClipping: Optional[str] = None,
        gradientEpochs: Optional[int] = None,
        handleInvalid: Optional[str] = None,
        hiddenLayers: Optional[List[int]] = None,
        idCol: Optional[str] = None,
        imageChannels: Optional[str] = None,
        imageFit: Optional[str] = None,
        imageHeight: Optional[int] = None,
        imageInversion: Optional[str] = None,
        imageWidth: Optional[int] = None,
        initialModel: Optional[str] = None,
        keep: Optional[int] = None,
        labelCol: Optional[str] = None,
        learningRate: Optional[float] = None,
        learningRateSchedule: Optional[str] = None,
        localStep: Optional[str] = None,
        minDelta: Optional[float] = None,
        monitor: Optional[str] = None,
        network: Optional[str] = None,
        normalise: Optional[str] = None,
        normaliseTargets: Optional[str] = None,
        optimizer: Optional[str] = None,
        ordering: Optional[str] = None,
        outer: Optional[str] = None,
        outerLearningRate: Optional[float] = None,
        outerMomentum: Optional[float] = None,
        patience: Optional[int] = None,
        predictionCol: Optional[str] = None,
        progress: Optional[bool] = None,
        reasonCol: Optional[str] = None,
        seed: Optional[int] = None,
        steps: Optional[int] = None,
        strategy: Optional[str] = None,
        tensorBoardDir: Optional[str] = None,
        updaterState: Optional[str] = None,
        validateEvery: Optional[int] = None,
        validationIndicatorCol: Optional[str] = None,
        warmup: Optional[float] = None,
        weightCol: Optional[str] = None,
        weightsAverage: Optional[str] = None,
        workers: Optional[int] = None,
    ) -> "LockstepRegressor":
        """Sets those parameters that are given."""
        return self._set(**self._given(self._input_kwargs))

    @staticmethod
    def _given(values: Dict[str, Any]) -> Dict[str, Any]:
        return {name: value for name, value in values.items() if value is not None}

    def setValidationDataset(self, dataset: Optional[DataFrame]) -> "LockstepRegressor":
        """Rows to look at while training; copied with the estimator, not saved with it."""
        self._java_obj.setValidationDataset(None if dataset is None else dataset._jdf)
        return self

    def _create_model(self, java_model: Any) -> "LockstepModel":
        return LockstepModel(java_model)

    def setAccumulate(self, value: int) -> "LockstepRegressor":
        """Sets accumulate."""
        return self._set(accumulate=value)

    def getAccumulate(self) -> int:
        """Gets accumulate, or its default."""
        return self.getOrDefault(self.accumulate)

    def setActivation(self, value: str) -> "LockstepRegressor":
        """Sets activation."""
        return self._set(activation=value)

    def getActivation(self) -> str:
        """Gets activation, or its default."""
        return self.getOrDefault(self.activation)

    def setAugment(self, value: str) -> "LockstepRegressor":
        """Sets augment."""
        return self._set(augment=value)

    def getAugment(self) -> str:
        """Gets augment, or its default."""
        return self.getOrDefault(self.augment)

    def setAveragingPeriod(self, value: int) -> "LockstepRegressor":
        """Sets averagingPeriod."""
        return self._set(averagingPeriod=value)

    def getAveragingPeriod(self) -> int:
        """Gets averagingPeriod, or its default."""
        return self.getOrDefault(self.averagingPeriod)

    def setBatchSize(self, value: int) -> "LockstepRegressor":
        """Sets batchSize."""
        return self._set(batchSize=value)

    def getBatchSize(self) -> int:
        """Gets batchSize, or its default."""
        return self.getOrDefault(self.batchSize)

    def setCheckpointDir(self, value: str) -> "LockstepRegressor":
        """Sets checkpointDir."""
        return self._set(checkpointDir=value)

    def getCheckpointDir(self) -> str:
        """Gets checkpointDir, or its default."""
        return self.getOrDefault(self.checkpointDir)

    def setCheckpointEvery(self, value: int) -> "LockstepRegressor":
        """Sets checkpointEvery."""
        return self._set(checkpointEvery=value)

    def getCheckpointEvery(self) -> int:
        """Gets checkpointEvery, or its default."""
        return self.getOrDefault(self.checkpointEvery)

    def setEpochs(self, value: int) -> "LockstepRegressor":
        """Sets epochs."""
        return self._set(epochs=value)

    def getEpochs(self) -> int:
        """Gets epochs, or its default."""
        return self.getOrDefault(self.epochs)

    def setFeaturesCol(self, value: str) -> "LockstepRegressor":
        """Sets featuresCol."""
        return self._set(featuresCol=value)

    def getFeaturesCol(self) -> str:
        """Gets featuresCol, or its default."""
        return self.getOrDefault(self.featuresCol)

    def setFeaturesCols(self, value: List[str]) -> "LockstepRegressor":
        """Sets featuresCols."""
        return self._set(featuresCols=value)

    def getFeaturesCols(self) -> List[str]:
        """Gets featuresCols, or its default."""
        return self.getOrDefault(self.featuresCols)

    def setGradientClipping(self, value: str) -> "LockstepRegressor":
        """Sets gradientClipping."""
        return self._set(gradientClipping=value)

    def getGradientClipping(self) -> str:
        """Gets gradientClipping, or its default."""
        return self.getOrDefault(self.gradientClipping)

    def setGradientEpochs(self, value: int) -> "LockstepRegressor":
        """Sets gradientEpochs."""
        return self._set(gradientEpochs=value)

    def getGradientEpochs(self) -> int:
        """Gets gradientEpochs, or its default."""
        return self.getOrDefault(self.gradientEpochs)

    def setHandleInvalid(self, value: str) -> "LockstepRegressor":
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)

    def getHandleInvalid(self) -> str:
        """Gets handleInvalid, or its default."""
        return self.getOrDefault(self.handleInvalid)

    def setHiddenLayers(self, value: List[int]) -> "LockstepRegressor":
        """Sets hiddenLayers."""
        return self._set(hiddenLayers=value)

    def getHiddenLayers(self) -> List[int]:
        """Gets hiddenLayers, or its default."""
        return self.getOrDefault(self.hiddenLayers)

    def setIdCol(self, value: str) -> "LockstepRegressor":
        """Sets idCol."""
        return self._set(idCol=value)

    def getIdCol(self) -> str:
        """Gets idCol, or its default."""
        return self.getOrDefault(self.idCol)

    def setImageChannels(self, value: str) -> "LockstepRegressor":
        """Sets imageChannels."""
        return self._set(imageChannels=value)

    def getImageChannels(self) -> str:
        """Gets imageChannels, or its default."""
        return self.getOrDefault(self.imageChannels)

    def setImageFit(self, value: str) -> "LockstepRegressor":
        """Sets imageFit."""
        return self._set(imageFit=value)

    def getImageFit(self) -> str:
        """Gets imageFit, or its default."""
        return self.getOrDefault(self.imageFit)

    def setImageHeight(self, value: int) -> "LockstepRegressor":
        """Sets imageHeight."""
        return self._set(imageHeight=value)

    def getImageHeight(self) -> int:
        """Gets imageHeight, or its default."""
        return self.getOrDefault(self.imageHeight)

    def setImageInversion(self, value: str) -> "LockstepRegressor":
        """Sets imageInversion."""
        return self._set(imageInversion=value)

    def getImageInversion(self) -> str:
        """Gets imageInversion, or its default."""
        return self.getOrDefault(self.imageInversion)

    def setImageWidth(self, value: int) -> "LockstepRegressor":
        """Sets imageWidth."""
        return self._set(imageWidth=value)

    def getImageWidth(self) -> int:
        """Gets imageWidth, or its default."""
        return self.getOrDefault(self.imageWidth)

    def setInitialModel(self, value: str) -> "LockstepRegressor":
        """Sets initialModel."""
        return self._set(initialModel=value)

    def getInitialModel(self) -> str:
        """Gets initialModel, or its default."""
        return self.getOrDefault(self.initialModel)

    def setKeep(self, value: int) -> "LockstepRegressor":
        """Sets keep."""
        return self._set(keep=value)

    def getKeep(self) -> int:
        """Gets keep, or its default."""
        return self.getOrDefault(self.keep)

    def setLabelCol(self, value: str) -> "LockstepRegressor":
        """Sets labelCol."""
        return self._set(labelCol=value)

    def getLabelCol(self) -> str:
        """Gets labelCol, or its default."""
        return self.getOrDefault(self.labelCol)

    def setLearningRate(self, value: float) -> "LockstepRegressor":
        """Sets learningRate."""
        return self._set(learningRate=value)

    def getLearningRate(self) -> float:
        """Gets learningRate, or its default."""
        return self.getOrDefault(self.learningRate)

    def setLearningRateSchedule(self, value: str) -> "LockstepRegressor":
        """Sets learningRateSchedule."""
        return self._set(learningRateSchedule=value)

    def getLearningRateSchedule(self) -> str:
        """Gets learningRateSchedule, or its default."""
        return self.getOrDefault(self.learningRateSchedule)

    def setLocalStep(self, value: str) -> "LockstepRegressor":
        """Sets localStep."""
        return self._set(localStep=value)

    def getLocalStep(self) -> str:
        """Gets localStep, or its default."""
        return self.getOrDefault(self.localStep)

    def setMinDelta(self, value: float) -> "LockstepRegressor":
        """Sets minDelta."""
        return self._set(minDelta=value)

    def getMinDelta(self) -> float:
        """Gets minDelta, or its default."""
        return self.getOrDefault(self.minDelta)

    def setMonitor(self, value: str) -> "LockstepRegressor":
        """Sets monitor."""
        return self._set(monitor=value)

    def getMonitor(self) -> str:
        """Gets monitor, or its default."""
        return self.getOrDefault(self.monitor)

    def setNetwork(self, value: str) -> "LockstepRegressor":
        """Sets network."""
        return self._set(network=value)

    def getNetwork(self) -> str:
        """Gets network, or its default."""
        return self.getOrDefault(self.network)

    def setNormalise(self, value: str) -> "LockstepRegressor":
        """Sets normalise."""
        return self._set(normalise=value)

    def getNormalise(self) -> str:
        """Gets normalise, or its default."""
        return self.getOrDefault(self.normalise)

    def setNormaliseTargets(self, value: str) -> "LockstepRegressor":
        """Sets normaliseTargets."""
        return self._set(normaliseTargets=value)

    def getNormaliseTargets(self) -> str:
        """Gets normaliseTargets, or its default."""
        return self.getOrDefault(self.normaliseTargets)

    def setOptimizer(self, value: str) -> "LockstepRegressor":
        """Sets optimizer."""
        return self._set(optimizer=value)

    def getOptimizer(self) -> str:
        """Gets optimizer, or its default."""
        return self.getOrDefault(self.optimizer)

    def setOrdering(self, value: str) -> "LockstepRegressor":
        """Sets ordering."""
        return self._set(ordering=value)

    def getOrdering(self) -> str:
        """Gets ordering, or its default."""
        return self.getOrDefault(self.ordering)

    def setOuter(self, value: str) -> "LockstepRegressor":
        """Sets outer."""
        return self._set(outer=value)

    def getOuter(self) -> str:
        """Gets outer, or its default."""
        return self.getOrDefault(self.outer)

    def setOuterLearningRate(self, value: float) -> "LockstepRegressor":
        """Sets outerLearningRate."""
        return self._set(outerLearningRate=value)

    def getOuterLearningRate(self) -> float:
        """Gets outerLearningRate, or its default."""
        return self.getOrDefault(self.outerLearningRate)

    def setOuterMomentum(self, value: float) -> "LockstepRegressor":
        """Sets outerMomentum."""
        return self._set(outerMomentum=value)

    def getOuterMomentum(self) -> float:
        """Gets outerMomentum, or its default."""
        return self.getOrDefault(self.outerMomentum)

    def setPatience(self, value: int) -> "LockstepRegressor":
        """Sets patience."""
        return self._set(patience=value)

    def getPatience(self) -> int:
        """Gets patience, or its default."""
        return self.getOrDefault(self.patience)

    def setPredictionCol(self, value: str) -> "LockstepRegressor":
        """Sets predictionCol."""
        return self._set(predictionCol=value)

    def getPredictionCol(self) -> str:
        """Gets predictionCol, or its default."""
        return self.getOrDefault(self.predictionCol)

    def setProgress(self, value: bool) -> "LockstepRegressor":
        """Sets progress."""
        return self._set(progress=value)

    def getProgress(self) -> bool:
        """Gets progress, or its default."""
        return self.getOrDefault(self.progress)

    def setReasonCol(self, value: str) -> "LockstepRegressor":
        """Sets reasonCol."""
        return self._set(reasonCol=value)

    def getReasonCol(self) -> str:
        """Gets reasonCol, or its default."""
        return self.getOrDefault(self.reasonCol)

    def setSeed(self, value: int) -> "LockstepRegressor":
        """Sets seed."""
        return self._set(seed=value)

    def getSeed(self) -> int:
        """Gets seed, or its default."""
        return self.getOrDefault(self.seed)

    def setSteps(self, value: int) -> "LockstepRegressor":
        """Sets steps."""
        return self._set(steps=value)

    def getSteps(self) -> int:
        """Gets steps, or its default."""
        return self.getOrDefault(self.steps)

    def setStrategy(self, value: str) -> "LockstepRegressor":
        """Sets strategy."""
        return self._set(strategy=value)

    def getStrategy(self) -> str:
        """Gets strategy, or its default."""
        return self.getOrDefault(self.strategy)

    def setTensorBoardDir(self, value: str) -> "LockstepRegressor":
        """Sets tensorBoardDir."""
        return self._set(tensorBoardDir=value)

    def getTensorBoardDir(self) -> str:
        """Gets tensorBoardDir, or its default."""
        return self.getOrDefault(self.tensorBoardDir)

    def setUpdaterState(self, value: str) -> "LockstepRegressor":
        """Sets updaterState."""
        return self._set(updaterState=value)

    def getUpdaterState(self) -> str:
        """Gets updaterState, or its default."""
        return self.getOrDefault(self.updaterState)

    def setValidateEvery(self, value: int) -> "LockstepRegressor":
        """Sets validateEvery."""
        return self._set(validateEvery=value)

    def getValidateEvery(self) -> int:
        """Gets validateEvery, or its default."""
        return self.getOrDefault(self.validateEvery)

    def setValidationIndicatorCol(self, value: str) -> "LockstepRegressor":
        """Sets validationIndicatorCol."""
        return self._set(validationIndicatorCol=value)

    def getValidationIndicatorCol(self) -> str:
        """Gets validationIndicatorCol, or its default."""
        return self.getOrDefault(self.validationIndicatorCol)

    def setWarmup(self, value: float) -> "LockstepRegressor":
        """Sets warmup."""
        return self._set(warmup=value)

    def getWarmup(self) -> float:
        """Gets warmup, or its default."""
        return self.getOrDefault(self.warmup)

    def setWeightCol(self, value: str) -> "LockstepRegressor":
        """Sets weightCol."""
        return self._set(weightCol=value)

    def getWeightCol(self) -> str:
        """Gets weightCol, or its default."""
        return self.getOrDefault(self.weightCol)

    def setWeightsAverage(self, value: str) -> "LockstepRegressor":
        """Sets weightsAverage."""
        return self._set(weightsAverage=value)

    def getWeightsAverage(self) -> str:
        """Gets weightsAverage, or its default."""
        return self.getOrDefault(self.weightsAverage)

    def setWorkers(self, value: int) -> "LockstepRegressor":
        """Sets workers."""
        return self._set(workers=value)

    def getWorkers(self) -> int:
        """Gets workers, or its default."""
        return self.getOrDefault(self.workers)


class LockstepModel(JavaModel, JavaMLReadable, JavaMLWritable):
    """A trained network, which adds predictions to a table."""

    featuresCol: "Param[str]" = Param(
        Params._dummy(),
        "featuresCol",
        "column of features: vectors, arrays of numbers, pictures of Spark's image source, or picture files of its binaryFile source (there: content)",
        typeConverter=TypeConverters.toString,
    )
    featuresCols: "Param[List[str]]" = Param(
        Params._dummy(),
        "featuresCols",
        "columns of features, instead of featuresCol, or one for each input of a network that has several, in its order: numbers, booleans, strings (one feature for each text of the training data), vectors and arrays of numbers; a missing number is the mean of the others, with a feature that says so",
        typeConverter=TypeConverters.toListString,
    )
    handleInvalid: "Param[str]" = Param(
        Params._dummy(),
        "handleInvalid",
        "what becomes of rows that cannot be used: error (the job fails), skip (left out) or keep (null predictions with a reason; training leaves them out)",
        typeConverter=TypeConverters.toString,
    )
    numFeatures: "Param[int]" = Param(
        Params._dummy(),
        "numFeatures",
        "how many values of an example the network reads",
        typeConverter=TypeConverters.toInt,
    )
    predictedLabelCol: "Param[str]" = Param(
        Params._dummy(),
        "predictedLabelCol",
        "column for the name of the predicted class, or an array of those of several labels; empty for none",
        typeConverter=TypeConverters.toString,
    )
    predictionCol: "Param[str]" = Param(
        Params._dummy(),
        "predictionCol",
        "column for the prediction: the number of the most probable class, a vector of 0 and 1 for several labels of a row, the value, or a vector of values",
        typeConverter=TypeConverters.toString,
    )
    probabilityCol: "Param[str]" = Param(
        Params._dummy(),
        "probabilityCol",
        "column for a vector of the classes' or labels' probabilities; empty for none",
        typeConverter=TypeConverters.toString,
    )
    rawPredictionCol: "Param[str]" = Param(
        Params._dummy(),
        "rawPredictionCol",
        "column for a vector of the classes' logits, log p less its mean over the classes, or of the log-odds of each of several labels; empty for none",
        typeConverter=TypeConverters.toString,
    )
    reasonCol: "Param[str]" = Param(
        Params._dummy(),
        "reasonCol",
        "column for why a row was not predicted, where those are kept",
        typeConverter=TypeConverters.toString,
    )
    thresholds: "Param[List[float]]" = Param(
        Params._dummy(),
        "thresholds",
        "one for each class, by number: predicted is the class whose probability is the most times its threshold; the most probable where they are not set. Of several labels of a row, each is predicted that is more probable than its threshold, 0.5 where not set",
        typeConverter=TypeConverters.toListFloat,
    )

    @staticmethod
    def fromFile(path: str) -> "LockstepModel":
        """A model that lockstep train or DL4J has saved, on any Hadoop file system."""
        context = SparkContext._active_spark_context
        if context is None:
            raise RuntimeError("expected a SparkSession, found none: start one first")
        return LockstepModel(context._jvm.dev.lockstep.ml.LockstepModel.fromFile(path))

    @property
    def hasSummary(self) -> bool:
        """Whether it is known how the model was trained."""
        return bool(self._call_java("hasSummary"))

    @property
    def summary(self) -> Dict[str, Any]:
        """How the model was trained: losses, validations, steps, seconds, settings."""
        return json.loads(self._java_obj.summary().toJson())

    @property
    def classNames(self) -> List[str]:
        """What classes are called, by number; empty for a regression."""
        return list(self._call_java("classNames"))

    @property
    def numOutputs(self) -> int:
        """How many outputs the network has: for a classifier, classes."""
        return int(self._call_java("numOutputs"))

    def exportOnnx(self, path: str) -> None:
        """Writes the network as an ONNX file: what it takes is normalised already."""
        self._call_java("exportOnnx", path)

    def exportOnnxWithPreprocessing(self, path: str) -> None:
        """The same with normalisation as part of the graph."""
        self._call_java("exportOnnxWithPreprocessing", path)

    def setFeaturesCol(self, value: str) -> "LockstepModel":
        """Sets featuresCol."""
        return self._set(featuresCol=value)

    def getFeaturesCol(self) -> str:
        """Gets featuresCol, or its default."""
        return self.getOrDefault(self.featuresCol)

    def setFeaturesCols(self, value: List[str]) -> "LockstepModel":
        """Sets featuresCols."""
        return self._set(featuresCols=value)

    def getFeaturesCols(self) -> List[str]:
        """Gets featuresCols, or its default."""
        return self.getOrDefault(self.featuresCols)

    def setHandleInvalid(self, value: str) -> "LockstepModel":
        """Sets handleInvalid."""
        return self._set(handleInvalid=value)

    def getHandleInvalid(self) -> str:
        """Gets handleInvalid, or its default."""
        return self.getOrDefault(self.handleInvalid)

    def setNumFeatures(self, value: int) -> "LockstepModel":
        """Sets numFeatures."""
        return self._set(numFeatures=value)

    def getNumFeatures(self) -> int:
        """Gets numFeatures, or its default."""
        return self.getOrDefault(self.numFeatures)

    def setPredictedLabelCol(self, value: str) -> "LockstepModel":
        """Sets predictedLabelCol."""
        return self._set(predictedLabelCol=value)

    def getPredictedLabelCol(self) -> str:
        """Gets predictedLabelCol, or its default."""
        return self.getOrDefault(self.predictedLabelCol)

    def setPredictionCol(self, value: str) -> "LockstepModel":
        """Sets predictionCol."""
        return self._set(predictionCol=value)

    def getPredictionCol(self) -> str:
        """Gets predictionCol, or its default."""
        return self.getOrDefault(self.predictionCol)

    def setProbabilityCol(self, value: str) -> "LockstepModel":
        """Sets probabilityCol."""
        return self._set(probabilityCol=value)

    def getProbabilityCol(self) -> str:
        """Gets probabilityCol, or its default."""
        return self.getOrDefault(self.probabilityCol)

    def setRawPredictionCol(self, value: str) -> "LockstepModel":
        """Sets rawPredictionCol."""
        return self._set(rawPredictionCol=value)

    def getRawPredictionCol(self) -> str:
        """Gets rawPredictionCol, or its default."""
        return self.getOrDefault(self.rawPredictionCol)

    def setReasonCol(self, value: str) -> "LockstepModel":
        """Sets reasonCol."""
        return self._set(reasonCol=value)

    def getReasonCol(self) -> str:
        """Gets reasonCol, or its default."""
        return self.getOrDefault(self.reasonCol)

    def setThresholds(self, value: List[float]) -> "LockstepModel":
        """Sets thresholds."""
        return self._set(thresholds=value)

    def getThresholds(self) -> List[float]:
        """Gets thresholds, or its default."""
        return self.getOrDefault(self.thresholds)
