/**
 * Rows of DataFrames as examples. {@link dev.lockstep.table.Rows} says which columns of a table are
 * trained; opened, they are a {@link dev.lockstep.table.RowSource}, which is a data source like any
 * other. {@link dev.lockstep.table.FeatureReader} reads features where rows are predicted.
 */
package dev.lockstep.table;
