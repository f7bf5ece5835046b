package dev.lockstep.ml;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/** Writes the Python module of the stages from their parameters. */
final class PythonWrapper {
  private static final String HEAD =
      """
      # Written by PythonWrapperTest from the parameters of the Java classes: do not change it by hand.
      \"""Lockstep's stages for pipelines of pyspark.ml; wrappers of the Java classes of the same names.\"""

      from __future__ import annotations

      import json
      from typing import Any, Dict, List, Optional

      from pyspark import SparkContext, keyword_only
      from pyspark.ml.param import Param, Params, TypeConverters
      from pyspark.ml.util import JavaMLReadable, JavaMLWritable
      from pyspark.ml.wrapper import JavaEstimator, JavaModel
      from pyspark.sql import DataFrame

      __all__ = ["LockstepClassifier", "LockstepRegressor", "LockstepModel"]
      """;

  private PythonWrapper() {}

  /** How a type of parameters is called there. */
  private enum Kind {
    INT("int", "toInt", IntParam.class),
    LONG("int", "toInt", LongParam.class),
    DOUBLE("float", "toFloat", DoubleParam.class),
    TRUTH("bool", "toBoolean", BooleanParam.class),
    INTS("List[int]", "toListInt", IntArrayParam.class),
    DOUBLES("List[float]", "toListFloat", DoubleArrayParam.class),
    TEXTS("List[str]", "toListString", StringArrayParam.class),
    TEXT("str", "toString", Param.class);

    private final String type;
    private final String converter;
    private final Class<?> java;

    Kind(String type, String converter, Class<?> java) {
      this.type = type;
      this.converter = converter;
      this.java = java;
    }

    static Kind of(Param<?> param) {
      return Arrays.stream(values())
          .filter(kind -> kind.java.isInstance(param))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The module. */
  static String module(Params classifier, Params regressor, Params model) {
    return HEAD
        + estimator(classifier, "Trains a classifier: softmax outputs, cross-entropy.")
        + estimator(regressor, "Trains a regression: identity outputs, mean squared error.")
        + model(model);
  }

  private static List<Param<?>> sorted(Params params) {
    return Arrays.stream(params.params()).sorted(Comparator.comparing(Param::name)).toList();
  }

  private static String estimator(Params params, String doc) {
    String name = params.getClass().getSimpleName();
    List<Param<?>> all = sorted(params);
    StringBuilder text = new StringBuilder();
    text.append(
        """


        class %1$s(JavaEstimator, JavaMLReadable, JavaMLWritable):
            \"""%2$s\"""

        %3$s
            @keyword_only
            def __init__(
                self,
                *,
        %4$s
            ) -> None:
                super().__init__()
                self._java_obj = self._new_java_obj("dev.lockstep.ml.%1$s", self.uid)
                self._setDefault(
        %5$s
                )
                self.setParams(**self._given(self._input_kwargs))

            @keyword_only
            def setParams(
                self,
                *,
        %4$s
            ) -> "%1$s":
                \"""Sets those parameters that are given.\"""
                return self._set(**self._given(self._input_kwargs))

            @staticmethod
            def _given(values: Dict[str, Any]) -> Dict[str, Any]:
                return {name: value for name, value in values.items() if value is not None}

            def setValidationDataset(self, dataset: Optional[DataFrame]) -> "%1$s":
                \"""Rows to look at while training; copied with the estimator, not saved with it.\"""
                self._java_obj.setValidationDataset(None if dataset is None else dataset._jdf)
                return self

            def _create_model(self, java_model: Any) -> "LockstepModel":
                return LockstepModel(java_model)

        %6$s"""
            .formatted(
                name,
                doc,
                declarations(all),
                arguments(all),
                defaults(params, all),
                accessors(name, all)));
    return text.toString();
  }

  private static String model(Params params) {
    List<Param<?>> all = sorted(params);
    return """


        class LockstepModel(JavaModel, JavaMLReadable, JavaMLWritable):
            \"""A trained network, which adds predictions to a table.\"""

        %s
            @staticmethod
            def fromFile(path: str) -> "LockstepModel":
                \"""A model that lockstep train or DL4J has saved, on any Hadoop file system.\"""
                context = SparkContext._active_spark_context
                if context is None:
                    raise RuntimeError("expected a SparkSession, found none: start one first")
                return LockstepModel(context._jvm.dev.lockstep.ml.LockstepModel.fromFile(path))

            @property
            def hasSummary(self) -> bool:
                \"""Whether it is known how the model was trained.\"""
                return bool(self._call_java("hasSummary"))

            @property
            def summary(self) -> Dict[str, Any]:
                \"""How the model was trained: losses, validations, steps, seconds, settings.\"""
                return json.loads(self._java_obj.summary().toJson())

            @property
            def classNames(self) -> List[str]:
                \"""What classes are called, by number; empty for a regression.\"""
                return list(self._call_java("classNames"))

            @property
            def numOutputs(self) -> int:
                \"""How many outputs the network has: for a classifier, classes.\"""
                return int(self._call_java("numOutputs"))

            def exportOnnx(self, path: str) -> None:
                \"""Writes the network as an ONNX file: what it takes is normalised already.\"""
                self._call_java("exportOnnx", path)

            def exportOnnxWithPreprocessing(self, path: str) -> None:
                \"""The same with normalisation as part of the graph.\"""
                self._call_java("exportOnnxWithPreprocessing", path)

        %s"""
        .formatted(declarations(all), accessors("LockstepModel", all));
  }

  private static String declarations(List<Param<?>> params) {
    return params.stream()
        .map(
            param ->
                """
                    %1$s: "Param[%2$s]" = Param(
                        Params._dummy(),
                        "%1$s",
                        %3$s,
                        typeConverter=TypeConverters.%4$s,
                    )
                """
                    .formatted(
                        param.name(),
                        Kind.of(param).type,
                        quoted(param.doc()),
                        Kind.of(param).converter))
        .collect(Collectors.joining());
  }

  private static String arguments(List<Param<?>> params) {
    return params.stream()
        .map(
            param ->
                "        %s: Optional[%s] = None,".formatted(param.name(), Kind.of(param).type))
        .collect(Collectors.joining("\n"));
  }

  private static String defaults(Params owner, List<Param<?>> params) {
    return params.stream()
        .filter(owner::hasDefault)
        .map(
            param ->
                "            %s=%s,"
                    .formatted(param.name(), literal(owner.getDefault(param).get())))
        .collect(Collectors.joining("\n"));
  }

  private static String accessors(String name, List<Param<?>> params) {
    return params.stream()
        .map(
            param ->
                """
                    def set%2$s(self, value: %3$s) -> "%4$s":
                        \"""Sets %1$s.\"""
                        return self._set(%1$s=value)

                    def get%2$s(self) -> %3$s:
                        \"""Gets %1$s, or its default.\"""
                        return self.getOrDefault(self.%1$s)
                """
                    .formatted(
                        param.name(),
                        Character.toUpperCase(param.name().charAt(0)) + param.name().substring(1),
                        Kind.of(param).type,
                        name))
        .collect(Collectors.joining("\n"));
  }

  private static String literal(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    return value instanceof String text ? quoted(text) : String.valueOf(value);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
