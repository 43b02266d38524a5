package dev.certwright.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DenylistTest {
  private static StandingRestriction restriction(EntryType type, Target.Kind kind, String value) {
    return new StandingRestriction(
        new Target(kind, value), type, null, "", "test", Instant.EPOCH, 1);
  }

  @Test
  void restrictionsInAnyOrderMakeTheSameDenylist() {
    List<StandingRestriction> restrictions = new ArrayList<>();
    for (String id : Ids.of(20)) {
      restrictions.add(restriction(EntryType.REVOKED, Target.Kind.CREDENTIAL, id));
    }
    restrictions.add(restriction(EntryType.SUSPENDED, Target.Kind.CREDENTIAL, Ids.of(1).get(0)));
    restrictions.add(restriction(EntryType.REVOKED, Target.Kind.USER, "zoe"));
    restrictions.add(restriction(EntryType.REVOKED, Target.Kind.USER, "ann"));
    restrictions.add(restriction(EntryType.SUSPENDED, Target.Kind.UID, "4711"));
    // Would be everybody who has none.
    restrictions.add(restriction(EntryType.REVOKED, Target.Kind.UID, ""));
    restrictions.add(restriction(EntryType.REVOKED, Target.Kind.USER, ""));
    Denylist denylist = Denylist.of(restrictions);

    assertThat(denylist.revoked().credentialIds()).isEqualTo(Ids.of(20));
    assertThat(denylist.revoked().users()).containsExactly("ann", "zoe");
    assertThat(denylist.suspended().credentialIds()).isEqualTo(Ids.of(1));
    assertThat(denylist.suspended().uids()).containsExactly("4711");
    assertThat(denylist.size()).isEqualTo(24);
    Collections.shuffle(restrictions, new Random(1));
    assertThat(Denylist.of(restrictions)).isEqualTo(denylist);
  }

  @Test
  void canariesAreTheNewestTenOfThoseThatWereRevokedAsSuch() {
    List<StandingRestriction> restrictions = new ArrayList<>();
    List<String> ids = Ids.of(14);
    for (int i = 0; i < ids.size(); i++) {
      restrictions.add(
          new StandingRestriction(
              new Target(Target.Kind.CREDENTIAL, ids.get(i)),
              i == 13 ? EntryType.SUSPENDED : EntryType.REVOKED,
              null,
              i == 12 ? "stolen" : Denylist.CANARY,
              "test",
              Instant.EPOCH,
              i));
    }

    Denylist denylist = Denylist.of(restrictions);

    assertThat(denylist.canaries()).isEqualTo(ids.subList(2, 12));
    assertThat(denylist.revoked().credentialIds()).isEqualTo(ids.subList(0, 13));
  }

  @Test
  void moreThanOutletsCarryIsRefusedWithAdvice() {
    assertThat(Ids.denylist(Denylist.MAXIMUM).requireCarriable().size()).isEqualTo(200_000);
    assertThatThrownBy(() -> Ids.denylist(Denylist.MAXIMUM + 1).requireCarriable())
        .isInstanceOfSatisfying(
            DenylistTooLargeException.class,
            refused -> assertThat(refused.advice()).contains("new client CA"))
        .hasMessage("200001 certificates and people are to be refused, and outlets carry 200000");
  }
}
