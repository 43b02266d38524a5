package dev.certwright.cli.revocation;

import dev.certwright.revocation.authorization.SourceLedger;
import dev.certwright.revocation.outlet.ApiServer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where setup puts what it prepares, and whose it is.
 *
 * @param folder of the authorization file
 * @param outlets the outlets file
 * @param ledger the ledger
 * @param apiServer which is prepared, and how it is asked; null if not known
 */
public record SetupPlace(
    Path folder, Path outlets, SourceLedger ledger, @Nullable ApiServer apiServer) {}
