#if Emulator
import GRDB

/// The versions of a storage account's tables. A version that was released is never changed; another follows it.
enum BlobSchema {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { try $0.execute(sql: first) }
        return migrator
    }()

    /// Names and keys are bytes, which SQLite compares as the service does. `refs` says how often other rows refer to a
    /// row; one of which it is 0 is only there because somebody reads it.
    private static let first = """
        CREATE TABLE service (id INTEGER PRIMARY KEY CHECK (id = 0), ticks INTEGER NOT NULL, settings BLOB);
        INSERT INTO service VALUES (0, 0, NULL);
        CREATE TABLE containers (
            id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, deleted REAL, record BLOB NOT NULL);
        CREATE INDEX deleted_containers ON containers (deleted) WHERE deleted IS NOT NULL;
        CREATE TABLE removed_containers (id INTEGER PRIMARY KEY);
        CREATE TABLE ends_of_deletions (name BLOB PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE blobs (
            container INTEGER, name BLOB, tagged INTEGER NOT NULL, record BLOB NOT NULL, runs BLOB NOT NULL,
            PRIMARY KEY (container, name)) WITHOUT ROWID;
        CREATE INDEX tagged_blobs ON blobs (container, name) WHERE tagged;
        CREATE TABLE editions (
            container INTEGER, name BLOB, id TEXT, kind INTEGER NOT NULL, deleted REAL, until REAL,
            record BLOB NOT NULL, runs BLOB NOT NULL, PRIMARY KEY (container, name, id)) WITHOUT ROWID;
        CREATE INDEX ends_of_editions ON editions (container, until) WHERE until IS NOT NULL;
        CREATE TABLE stagings (
            container INTEGER, name BLOB, key_hash TEXT, scope TEXT, id_length INTEGER NOT NULL, count INTEGER NOT NULL,
            PRIMARY KEY (container, name)) WITHOUT ROWID;
        CREATE TABLE staged_blocks (
            container INTEGER, name BLOB, id TEXT, number INTEGER NOT NULL, content INTEGER, start INTEGER NOT NULL,
            length INTEGER NOT NULL, PRIMARY KEY (container, name, id)) WITHOUT ROWID;
        CREATE TABLE runs (id INTEGER PRIMARY KEY, refs INTEGER NOT NULL, blocks BLOB NOT NULL);
        CREATE INDEX unused_runs ON runs (id) WHERE refs = 0;
        CREATE TABLE contents (id INTEGER PRIMARY KEY, refs INTEGER NOT NULL, bytes BLOB);
        CREATE INDEX unused_contents ON contents (id) WHERE refs = 0;
        """
}
#endif
