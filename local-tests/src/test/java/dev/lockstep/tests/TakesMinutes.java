package dev.lockstep.tests;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A test that is run with {@code -Dtests=all} only, since others cover most of what it does. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = TakesMinutes.PROPERTY,
    matches = TakesMinutes.ALL,
    disabledReason = "takes minutes more: mvn verify -Dtests=all")
@interface TakesMinutes {
  String PROPERTY = "tests";
  String ALL = "all";
}
