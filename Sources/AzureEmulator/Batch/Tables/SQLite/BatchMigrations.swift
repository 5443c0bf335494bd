#if Emulator
import GRDB

/// The versions of the tables of the Batch service. Each is a step from the one before, and never changes.
///
/// Ids are in lower case. A position says where a row comes among those of its table, or of its pool or job. What a
/// record holds is written as ``RecordCodable``, whose format has a number of its own.
enum BatchMigrations {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in try database.execute(sql: first) }
        return migrator
    }

    private static let first = """
        CREATE TABLE pools(
            id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, record BLOB NOT NULL);
        CREATE TABLE pool_samples(
            pool TEXT NOT NULL, number INTEGER NOT NULL, sample BLOB NOT NULL,
            PRIMARY KEY (pool, number)) WITHOUT ROWID;
        CREATE TABLE nodes(
            pool TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, record BLOB NOT NULL,
            PRIMARY KEY (pool, id));
        CREATE TABLE node_events(
            pool TEXT NOT NULL, node TEXT NOT NULL, number INTEGER NOT NULL, event BLOB NOT NULL,
            PRIMARY KEY (pool, node, number)) WITHOUT ROWID;
        CREATE TABLE jobs(
            id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, record BLOB NOT NULL);
        CREATE TABLE tasks(
            job TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, record BLOB NOT NULL,
            PRIMARY KEY (job, id));
        CREATE INDEX tasks_by_position ON tasks(job, position);
        CREATE TABLE schedules(
            id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, record BLOB NOT NULL);
        CREATE TABLE certificates(
            id TEXT NOT NULL PRIMARY KEY, position INTEGER NOT NULL, record BLOB NOT NULL);
        CREATE TABLE numbers(
            name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """
}
#endif
