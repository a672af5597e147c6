package example.parcels.parcelkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Forgets parcels. */
public final class Store {
    private Store() {
    }

    /** Removes a parcel. */
    public static int remove(Connection connection, String number) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("delete from parcels where number = '" + number + "'");
        }
    }
}
