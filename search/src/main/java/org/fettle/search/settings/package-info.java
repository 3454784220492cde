/**
 * What a component can be told: name, type, default, range and document line, each written once.
 */
@NullMarked
package org.fettle.search.settings;

import org.jspecify.annotations.NullMarked;
