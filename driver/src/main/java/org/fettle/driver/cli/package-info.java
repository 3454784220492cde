/** The commands. */
@NullMarked
package org.fettle.driver.cli;

import org.jspecify.annotations.NullMarked;
