/**
 * How columns of texts and numbers, some values of which are missing, become features. A {@link
 * dev.lockstep.data.recipe.TableRecipe} is made of what a {@link
 * dev.lockstep.data.recipe.ColumnSurvey} has seen of each column of the training data, is kept with
 * the model, and makes features of other rows in the same way, {@link
 * dev.lockstep.data.recipe.ColumnRecipe} by column. A value that it cannot use is a {@link
 * dev.lockstep.data.recipe.UnusableValue}. {@link dev.lockstep.data.recipe.InputGroups} say which
 * columns each of several inputs of a network takes.
 */
package dev.lockstep.data.recipe;
