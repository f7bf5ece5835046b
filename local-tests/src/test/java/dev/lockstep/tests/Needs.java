package dev.lockstep.tests;

import dev.lockstep.data.DataError;
import dev.lockstep.data.fetch.DatasetFetcher;
import dev.lockstep.data.fetch.PublishedData;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What trains on a real data set is skipped, with the reason, where it can be had nowhere. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Needs.Fetched.class)
@interface Needs {
  PublishedData value();

  /** Fetches what is needed, once for all tests of a process. */
  final class Fetched implements ExecutionCondition {
    private static final Map<PublishedData, ConditionEvaluationResult> RESULTS =
        new EnumMap<>(PublishedData.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return AnnotationSupport.findAnnotation(context.getElement(), Needs.class)
          .map(needs -> RESULTS.computeIfAbsent(needs.value(), Fetched::fetch))
          .orElse(ConditionEvaluationResult.enabled("needs no data"));
    }

    private static ConditionEvaluationResult fetch(PublishedData dataset) {
      try {
        new DatasetFetcher((file, done, total) -> {}).fetch(dataset, DatasetFetcher.cache(dataset));
        return ConditionEvaluationResult.enabled("fetched");
      } catch (DataError e) {
        return ConditionEvaluationResult.disabled(e.getMessage());
      }
    }
  }
}
