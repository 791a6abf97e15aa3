using OrderHub.Inventory.Batches;
using OrderHub.Inventory.Documents;

namespace OrderHub.UnitTests.Inventory;

public sealed class FirstExpiredFirstOutTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static Batch Batch(long id, int? daysLeft, int quantity) => new() { Id = id, ExpiresOn = daysLeft is { } days ? Today.AddDays(days) : null, Quantity = quantity };

    [Theory]
    [InlineData(3, "2:3")]
    [InlineData(5, "2:4,1:1")]
    [InlineData(12, "2:4,1:5,3:3")]
    [InlineData(17, "2:4,1:5,3:6")] // two pieces without a number
    [InlineData(19, "2:4,1:5,3:6,4:2")] // what is over goes last
    public void Pieces_leave_from_what_expires_first_and_expired_ones_last(int quantity, string expected) =>
        string.Join(',', FirstExpiredFirstOut.Pick([Batch(1, 30, 5), Batch(2, 0, 4), Batch(3, null, 6), Batch(4, -1, 7)], 2, quantity, Today).Select(p => $"{p.BatchId}:{p.Quantity}")).ShouldBe(expected);

    [Fact]
    public void A_pasted_table_is_read_with_tabs_commas_or_blanks() =>
        PastedLine.Read("A-1\t1,200\tB7\t2027-01-31\nB 2\t5\r\nC,3\n\nD 4\nE many").Select(l => (l.Sku, l.Quantity ?? -1, l.BatchNo, l.ExpiresOn))
            .ShouldBe([("A-1", 1200, "B7", new DateOnly(2027, 1, 31)), ("B 2", 5, "", null), ("C", 3, "", null), ("D", 4, "", null), ("E", -1, "", null)]);

    [Fact]
    public void Every_kind_of_document_has_a_word_a_slug_and_letters_of_its_own()
    {
        var kinds = Enum.GetValues<DocumentKind>();
        kinds.Select(DocumentWords.Kind).ShouldBeUnique();
        kinds.Select(DocumentNumbers.Slug).ShouldBeUnique();
        kinds.Select(k => DocumentNumbers.Of(k, 12)).ShouldBeUnique();
        DocumentWords.Kinds.ShouldBe(kinds, ignoreOrder: true);
        Enum.GetValues<DocumentState>().Select(DocumentWords.State).ShouldBeUnique();
    }
}
