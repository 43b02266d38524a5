package dev.certwright.oidc.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import java.util.Optional;

/** The type of the variable {@code user}: UserInfo of authentication.k8s.io/v1. */
final class UserType {
  private static final String NAME = "kubernetes.UserInfo";
  private static final ImmutableMap<String, CelType> FIELDS =
      ImmutableMap.of(
          "username",
          SimpleType.STRING,
          "uid",
          SimpleType.STRING,
          "groups",
          Expressions.stringList(),
          "extra",
          MapType.create(SimpleType.STRING, Expressions.stringList()));
  private static final StructType TYPE =
      StructType.create(
          NAME,
          ImmutableSet.copyOf(FIELDS.keySet()),
          field -> Optional.ofNullable(FIELDS.get(field)));

  static final StructTypeReference REFERENCE = StructTypeReference.create(NAME);

  static final CelTypeProvider PROVIDER =
      new CelTypeProvider() {
        @Override
        public ImmutableCollection<CelType> types() {
          return ImmutableList.of(TYPE);
        }

        @Override
        public Optional<CelType> findType(String name) {
          return name.equals(NAME) ? Optional.of(TYPE) : Optional.empty();
        }
      };

  private UserType() {}
}
