/** What people look at while and after training. Observers: they never steer. */
package dev.lockstep.report;
