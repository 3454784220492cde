/**
 * What a study leaves behind: its journal, from which it can be read at any time, and its results.
 */
@NullMarked
package org.fettle.driver.store;

import org.jspecify.annotations.NullMarked;
