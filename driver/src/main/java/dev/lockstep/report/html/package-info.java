/** Reports as single HTML files that need nothing else: no network, no script. */
package dev.lockstep.report.html;
