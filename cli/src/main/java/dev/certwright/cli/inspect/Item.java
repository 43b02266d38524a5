package dev.certwright.cli.inspect;

import dev.certwright.authority.Finding;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was found in a file.
 *
 * @param kind such as {@code certificate}
 * @param where file, and place in it
 * @param fields what it is, ready to be shown
 * @param findings what is odd about it
 */
public record Item(
    String kind, String where, Map<String, @Nullable Object> fields, List<Finding> findings) {}
