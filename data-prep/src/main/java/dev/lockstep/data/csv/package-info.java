/**
 * CSV files: {@link dev.lockstep.data.csv.CsvFormat} reads examples, {@link
 * dev.lockstep.data.csv.CsvTable} small tables of texts, such as labels of pictures; {@link
 * dev.lockstep.data.csv.CsvNumber} says which texts are numbers.
 */
package dev.lockstep.data.csv;
