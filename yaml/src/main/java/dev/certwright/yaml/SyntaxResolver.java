package dev.certwright.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Syntax to values: follows aliases and merge keys and resolves scalars in the order and with the
 * budget of go-yaml v2, then makes keys strings as sigs.k8s.io/yaml does.
 */
final class SyntaxResolver {
  private static final String NOT_FINITE = "not finite";
  private static final int RATIO_FROM = 400_000;
  private static final int RATIO_TO = 4_000_000;

  private final String source;
  private final RepeatedKey repeated;
  private final int maxDepth;
  private final int maxNodes;
  private final Set<SyntaxNode.Alias> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private int decoded;
  private int decodedByAlias;
  private int aliasDepth;
  private boolean seenNotFinite;

  SyntaxResolver(String source, RepeatedKey repeated, YamlLimits limits) {
    this.source = source;
    this.repeated = repeated;
    this.maxDepth = limits.maxDepth();
    this.maxNodes = limits.maxNodes();
  }

  YamlValue resolve(SyntaxNode root) {
    // Upstream counts the document as a node of its own.
    decoded = 1;
    YamlValue value = value(root, 0);
    if (seenNotFinite) {
      refuseNotFinite(value);
    }
    return value;
  }

  /** How many nodes were resolved. */
  int nodes() {
    return decoded;
  }

  /** Only at the end: a repeated key may have replaced it. */
  private void refuseNotFinite(YamlValue value) {
    if (value instanceof YamlNumber number && number.text().equals(NOT_FINITE)) {
      throw new YamlException(
          source, number.position(), "a number that is not finite has no place in JSON");
    }
    if (value instanceof YamlSequence sequence) {
      for (YamlValue item : sequence.values()) {
        refuseNotFinite(item);
      }
    } else if (value instanceof YamlMapping mapping) {
      for (YamlMapping.Entry entry : mapping.entries()) {
        refuseNotFinite(entry.value());
      }
    }
  }

  private YamlValue value(SyntaxNode node, int depth) {
    count(node, depth);
    if (node instanceof SyntaxNode.Alias alias) {
      SyntaxNode target = enter(alias);
      YamlValue value = value(target, depth + 1);
      leave(alias);
      return value;
    }
    if (node instanceof SyntaxNode.Scalar scalar) {
      return scalar(scalar);
    }
    if (node instanceof SyntaxNode.Sequence sequence) {
      List<YamlValue> values = new ArrayList<>(sequence.items().size());
      for (SyntaxNode item : sequence.items()) {
        values.add(value(item, depth + 1));
      }
      return new YamlSequence(values, sequence.position());
    }
    SyntaxNode.Mapping mapping = (SyntaxNode.Mapping) node;
    YamlMapping.Builder fields = new YamlMapping.Builder(mapping.position());
    collect(mapping, fields, depth);
    return fields.build();
  }

  private void count(SyntaxNode node, int depth) {
    decoded++;
    if (aliasDepth > 0) {
      decodedByAlias++;
    }
    if (decodedByAlias > 100
        && decoded > 1000
        && (double) decodedByAlias / decoded > allowedRatio(decoded)) {
      throw new YamlLimitException(source, node.position(), "document contains excessive aliasing");
    }
    if (decoded - 1 > maxNodes) {
      throw new YamlLimitException(source, node.position(), "too many keys and values");
    }
    if (depth > maxDepth) {
      throw new YamlLimitException(
          source, node.position(), "nested deeper than " + maxDepth + " levels");
    }
  }

  private static double allowedRatio(int decoded) {
    if (decoded <= RATIO_FROM) {
      return 0.99;
    }
    if (decoded >= RATIO_TO) {
      return 0.10;
    }
    return 0.99 - 0.89 * ((double) (decoded - RATIO_FROM) / (RATIO_TO - RATIO_FROM));
  }

  private SyntaxNode enter(SyntaxNode.Alias alias) {
    SyntaxNode target = alias.target().node();
    if (target == null || !open.add(alias)) {
      throw new YamlException(
          source, alias.position(), "anchor '" + alias.name() + "' value contains itself");
    }
    aliasDepth++;
    return target;
  }

  private void leave(SyntaxNode.Alias alias) {
    open.remove(alias);
    aliasDepth--;
  }

  private YamlValue scalar(SyntaxNode.Scalar scalar) {
    ScalarResolution.Resolved resolved = ScalarResolution.resolve(source, scalar);
    YamlPosition position = scalar.position();
    return switch (resolved.kind()) {
      case TRUE -> new YamlBoolean(true, position);
      case FALSE -> new YamlBoolean(false, position);
      case NULL -> new YamlNull(position);
      case INTEGER -> new YamlNumber(String.valueOf(resolved.integer()), scalar.value(), position);
      case FLOAT -> {
        if (!Double.isFinite(resolved.real())) {
          seenNotFinite = true;
          yield new YamlNumber(NOT_FINITE, scalar.value(), position);
        }
        yield new YamlNumber(GoNumbers.jsonText(resolved.real()), scalar.value(), position);
      }
      case STRING -> new YamlString(resolved.string(), position);
    };
  }

  private void collect(SyntaxNode.Mapping mapping, YamlMapping.Builder fields, int depth) {
    for (SyntaxNode.Pair pair : mapping.pairs()) {
      if (isMerge(pair.key())) {
        merge(pair.value(), fields, depth + 1);
        continue;
      }
      String key = key(pair.key(), depth + 1);
      YamlValue value = value(pair.value(), depth + 1);
      YamlPosition position = pair.key().position();
      fields.add(new YamlMapping.Entry(key, position, value), repeated);
    }
  }

  private static boolean isMerge(SyntaxNode key) {
    return key instanceof SyntaxNode.Scalar scalar
        && scalar.value().equals("<<")
        && (scalar.resolvable() || ScalarResolution.MERGE.equals(scalar.tag()));
  }

  /** Merged entries go into the mapping where {@code <<} stands: they replace what is above it. */
  private void merge(SyntaxNode node, YamlMapping.Builder fields, int depth) {
    if (node instanceof SyntaxNode.Sequence sequence) {
      List<SyntaxNode> items = sequence.items();
      for (int i = items.size() - 1; i >= 0; i--) {
        mergeOne(items.get(i), fields, depth + 1);
      }
    } else {
      mergeOne(node, fields, depth);
    }
  }

  private void mergeOne(SyntaxNode node, YamlMapping.Builder fields, int depth) {
    SyntaxNode.Alias alias = node instanceof SyntaxNode.Alias named ? named : null;
    SyntaxNode target = node;
    if (alias != null) {
      count(alias, depth);
      target = enter(alias);
    }
    if (!(target instanceof SyntaxNode.Mapping mapping)) {
      throw new YamlException(
          source, node.position(), "map merge requires map or sequence of maps as the value");
    }
    count(mapping, depth);
    collect(mapping, fields, depth);
    if (alias != null) {
      leave(alias);
    }
  }

  private String key(SyntaxNode node, int depth) {
    count(node, depth);
    if (node instanceof SyntaxNode.Alias alias) {
      SyntaxNode target = enter(alias);
      String key = key(target, depth + 1);
      leave(alias);
      return key;
    }
    if (!(node instanceof SyntaxNode.Scalar scalar)) {
      throw new YamlException(source, node.position(), "a map or a list cannot be a map key");
    }
    ScalarResolution.Resolved resolved = ScalarResolution.resolve(source, scalar);
    return switch (resolved.kind()) {
      case TRUE -> "true";
      case FALSE -> "false";
      case INTEGER -> {
        BigInteger integer = resolved.integer();
        if (integer == null || integer.bitLength() > 63) {
          throw new YamlException(source, node.position(), "unsupported map key of type uint64");
        }
        yield integer.toString();
      }
      case FLOAT -> GoNumbers.keyText(resolved.real());
      case NULL -> throw new YamlException(source, node.position(), "unsupported map key: null");
      case STRING -> resolved.string();
    };
  }
}
