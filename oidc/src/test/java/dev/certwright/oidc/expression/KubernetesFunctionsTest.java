package dev.certwright.oidc.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions that Kubernetes adds for quantities, versions and formats. */
final class KubernetesFunctionsTest {
  private static Object value(String expression) throws Exception {
    YamlMapping claims =
        YamlMapping.builder()
            .put("sub", "jane")
            .put("zero", YamlNumber.of(-0.0))
            .put("levels", YamlSequence.of(List.of(YamlNumber.of(1), YamlNumber.of(3))))
            .put("roles", YamlSequence.ofStrings(List.of("devs", "ops")))
            .put("mixed", YamlSequence.of(List.of(YamlString.of("a"), YamlNumber.of(7))))
            .put("team", YamlMapping.builder().put("name", "blue").build())
            .build();
    return Expressions.instance().overClaims(expression).evaluate(Values.claims(claims));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quantity('1.5Gi').isGreaterThan(quantity('1.5G'))",
        "quantity('50k').add(quantity('20k')) == quantity('70k')",
        "quantity('50k').sub(20000).asInteger() == 30000",
        "quantity('200M').compareTo(quantity('0.2G')) == 0",
        "!quantity('1.0').isInteger()",
        "!quantity('9999999999999999999999999999999999999G').isInteger()",
        "quantity('1e3').asApproximateFloat() == 1000.0",
        "sign(quantity('-1m')) == -1",
        "isQuantity('12n') && isQuantity('.5') && !isQuantity('200K') && !isQuantity('')",
        "semver('1.2.3-rc.1').isLessThan(semver('1.2.3'))",
        "semver('1.2.3+a') == semver('1.2.3+b')",
        "semver('v01.2', true).minor() == 2",
        "semver('1.0.0-1').compareTo(semver('1.0.0-a')) == -1",
        "isSemver('1.0.0') && !isSemver('v1.0.0') && isSemver('v1.0.0', true) && !isSemver('1.0')",
        "!format.dns1123Label().validate('my-label').hasValue()",
        "format.dns1123Label().validate('My').value().size() == 1",
        "format.labelValue().validate('').orValue(['none']) == ['none']",
        "format.named('uuid').hasValue() && !format.named('nothing').hasValue()",
        "format.date().validate('2026-02-30').hasValue()",
        "!format.datetime().validate('2026-02-28T23:59:59.5Z').hasValue()",
        "'%s is %d, %.2f, %x and %b%%'.format(['a', 7, 1.5, 255, true]) == 'a is 7, 1.50, ff and 1%'",
        "'%s'.format([['a', 'b']]) == '[\"a\", \"b\"]'",
        "'%s'.format([{'b': 1, 'a': 2}]) == '{\"a\":2, \"b\":1}'",
        "'%f'.format([1234567.0]) == '1,234,567.000000'",
        "''.indexOf('a') == -1 && 'a'.indexOf('a', 7) == -1 && 'abc'.indexOf('', 7) == 3",
        "'\\U0001F511a'.indexOf('a') == 1 && 'a\\U0001F511a'.lastIndexOf('a') == 2",
        "'tacocat'.lastIndexOf('c', 3) == 2 && ''.lastIndexOf('a') == -1",
        "['a', 'b'].join('-') == 'a-b' && [].join() == ''",
        "lists.range(3) == [0, 1, 2] && lists.range(0) == []",
        "['x', 'y'].transformMap(i, v, v).map(k, k) == [0, 1]",
        "['x', 'y'].transformMapEntry(i, v, {v: i}).map(k, k) == ['x', 'y']",
        "claims.?roles[1].orValue('') == 'ops' && !claims.?roles[2].hasValue()",
        "claims.?roles[?0].orValue('') == 'devs' && claims.?none[0].orValue('x') == 'x'",
        "!claims.?sub.field.hasValue() && !claims.?sub[0].hasValue()",
        "claims.?none.orValue(['t', 's']).min() == 's' && claims.?levels.orValue([]).max() == 3.0",
        "claims.?levels.orValue([]).sum() == 4.0 && claims.?levels.orValue([]).isSorted()",
        "dyn(claims.roles.sort().max()) == 'ops' && claims.roles.sort().sort().isSorted()",
        "['a', 'b'].reverse().max() == 'b' && [dyn('a')].reverse().max() == 'a'",
        "string(claims.zero) == '-0'",
        "claims == claims && claims != {'': 'a'} && !({'': 'a'} == claims)",
        "claims.filter(value, value == 'jane') == ['jane'] && !claims.exists(k, k == 'sub')",
        "claims.?team.name.orValue('') == 'blue' && claims.?team['name'].hasValue()"
      })
  void holds(String expression) throws Exception {
    assertThat(value(expression)).isEqualTo(true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "quantity('x')",
        "quantity('1.5').asInteger()",
        "semver('1')",
        "dyn(claims.sub).asInteger()",
        "claims == {'sub': 'jane'}",
        "claims.?roles.orValue([]).sum()",
        "claims.?none.orValue([{'a': 1}]).isSorted()",
        "claims.?none.orValue([{'a': 1}]).min()",
        // What upstream takes for lists of integers, the first type it has such a function for.
        "claims.roles.reverse().max()",
        "claims.roles.distinct().min()",
        "claims.roles.sort().reverse().max()",
        "claims.roles.slice(0, 1).isSorted()",
        "claims.levels.reverse().sum()",
        "dyn(['a']).reverse().max()",
        "lists.range(-1)",
        "lists.range(1000001)",
        "claims.mixed.join()",
        "'a'.indexOf('a', -1)",
        "['x', 'x'].transformMapEntry(i, v, {v: i})"
      })
  void has_no_value(String expression) {
    assertThatThrownBy(() -> value(expression)).isInstanceOf(Exception.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'%d'.format(['a'])",
        "'%s'.format([])",
        "'%s'.format(['a', 'b'])",
        "'%q'.format(['a'])",
        "'a'.matches('(')",
        "duration('x') > duration('1s')",
        "timestamp('x') > timestamp(0)",
        "quantity(1)",
        "authorizer.path('/').check('get').allowed()"
      })
  void does_not_compile(String expression) {
    assertThatThrownBy(() -> Expressions.instance().overClaims(expression))
        .isInstanceOf(CompilationException.class);
  }

  @Test
  void a_text_of_format_cannot_be_made_as_long_as_one_likes() {
    assertThatThrownBy(() -> value("'%.9999f'.format([1.0])")).isInstanceOf(Exception.class);
  }
}
