/**
 * YAML and JSON as Kubernetes reads them, and plain writers of both.
 *
 * <p>{@link dev.certwright.yaml.YamlReader} gives the answers of sigs.k8s.io/yaml (go-yaml v2
 * resolution, then JSON) as a tree of {@link dev.certwright.yaml.YamlValue}, with the line and
 * column of each value and key. {@link dev.certwright.yaml.JsonWriter} and {@link
 * dev.certwright.yaml.YamlWriter} print such trees; they are what the commands' {@code -o
 * json|yaml} stand on. {@link dev.certwright.yaml.SyntaxParser} gives the nodes as they were
 * written, nothing resolved, with the exact stretch of text of each: for code that changes a file
 * and has to leave the rest of it as it is. Anything that reads or prints Kubernetes files may call
 * this package.
 */
@NullMarked
package dev.certwright.yaml;

import org.jspecify.annotations.NullMarked;
