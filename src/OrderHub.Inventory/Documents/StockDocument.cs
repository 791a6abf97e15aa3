using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OrderHub.Inventory.Ledger;
using OrderHub.Platform.Accounts;
using OrderHub.Platform.Results;

namespace OrderHub.Inventory.Documents;

internal enum DocumentKind : short { Receipt = 1, Transfer = 2, Adjustment = 3, Count = 4, Return = 5, Kit = 6, Freeze = 7 }

/// <summary>Draft → (waiting for approval | open) → done. Open: the goods are under way, or the counting is.</summary>
internal enum DocumentState : short { Draft = 1, Waiting = 2, Open = 3, Done = 4, Rejected = 5, Cancelled = 6 }

/// <summary>A paper that changes stock: what was planned, what happened, who decided. Its postings stand in the ledger under <see cref="LedgerName"/>.</summary>
internal sealed class StockDocument
{
    private string? _key;

    public long Id { get; init; }
    public string No { get; init; } = "";
    public DocumentKind Kind { get; init; }
    public DocumentState State { get; private set; }

    /// <summary>Where the goods are or come to.</summary>
    public int WarehouseId { get; init; }

    /// <summary>Of a transfer: where they leave.</summary>
    public int? FromWarehouseId { get; init; }

    /// <summary>The same request again finds this document instead of making another.</summary>
    public string? Key { get => _key; init => _key = value; }

    /// <summary>Somebody else's number for it: purchase order, after-sales ticket, snapshot.</summary>
    public string Reference { get; init; } = "";
    public string Reason { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedBy { get; init; } = "";

    /// <summary>Null = a program.</summary>
    public long? CreatedById { get; init; }
    public DateTimeOffset? DecidedAt { get; private set; }
    public string? DecidedBy { get; private set; }
    public string? Decision { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }
    public List<DocumentLine> Lines { get; init; } = [];

    public MovementKind MovementKind => Kind switch
    {
        DocumentKind.Receipt => MovementKind.Receipt,
        DocumentKind.Transfer => MovementKind.Transfer,
        DocumentKind.Adjustment => MovementKind.Adjustment,
        DocumentKind.Count => MovementKind.Count,
        DocumentKind.Return => MovementKind.Return,
        DocumentKind.Kit => MovementKind.Kit,
        _ => MovementKind.Freeze,
    };

    public string LedgerName => $"{DocumentNumbers.Slug(Kind)}:{No}";

    /// <summary>The warehouses a colleague must be allowed to work in for it.</summary>
    public bool Concerns(int warehouseId) => WarehouseId == warehouseId || FromWarehouseId == warehouseId;

    public void Begin(DocumentState state) => State = state;

    public Error? Finish(DateTimeOffset now)
    {
        if (State is DocumentState.Done or DocumentState.Rejected or DocumentState.Cancelled) return InventoryErrors.DocumentClosed(No);
        (State, ClosedAt) = (DocumentState.Done, now);
        return null;
    }

    public Error? Cancel(DateTimeOffset now)
    {
        if (State is not (DocumentState.Draft or DocumentState.Open or DocumentState.Waiting)) return InventoryErrors.DocumentClosed(No);
        (State, ClosedAt) = (DocumentState.Cancelled, now);
        return null;
    }

    /// <summary>Taken back by who announced it, who may announce it again.</summary>
    public void CallOff(DateTimeOffset now)
    {
        if (Cancel(now) is { } closed) throw new InvalidOperationException(closed.Text);
        _key = null;
    }

    /// <summary>Four eyes: whoever wrote it does not decide on it.</summary>
    public Error? Decide(bool approve, Actor by, string? note, DateTimeOffset now)
    {
        if (State != DocumentState.Waiting) return InventoryErrors.NothingToDecide(No);
        if (by.UserId is null || by.UserId == CreatedById) return InventoryErrors.OwnDocument;
        (DecidedAt, DecidedBy, Decision) = (now, by.Name, string.IsNullOrWhiteSpace(note) ? null : note.Trim());
        (State, ClosedAt) = (approve ? DocumentState.Done : DocumentState.Rejected, now);
        return null;
    }
}

/// <summary>One SKU of a document. What the figures mean depends on its kind.</summary>
internal sealed class DocumentLine
{
    public long DocumentId { get; init; }
    public int LineNo { get; init; }
    public int SkuId { get; init; }

    /// <summary>Of an adjustment: the counter it changes. Otherwise on hand.</summary>
    public Bucket Bucket { get; init; } = Bucket.OnHand;

    /// <summary>Expected (receipt, return, transfer), change (adjustment, freeze, kit: + in, − out) or what was counted; null = not counted yet.</summary>
    public int? Quantity { get; set; }

    /// <summary>Arrived and sellable.</summary>
    public int Done { get; set; }

    /// <summary>Arrived and defective.</summary>
    public int Defective { get; set; }

    /// <summary>Of a count: on hand by the ledger at the moment of counting.</summary>
    public int? SystemQuantity { get; set; }
    public DateTimeOffset? CountedAt { get; set; }
    public string? CountedBy { get; set; }
    public string? BatchNo { get; set; }
    public DateOnly? ExpiresOn { get; set; }

    /// <summary>Arrived more (+) or less (−) than expected; found more or less than the ledger says.</summary>
    public int? Difference => SystemQuantity is { } system ? Quantity - system : Done + Defective - (Quantity ?? 0);

    /// <summary>Expected pieces that have not arrived yet.</summary>
    public int Outstanding => Math.Max(0, (Quantity ?? 0) - Done - Defective);
}

/// <summary>One posting of a document; its key makes a repeated request harmless.</summary>
internal sealed class DocumentPosting
{
    public string Key { get; init; } = "";
    public long DocumentId { get; init; }
    public DateTimeOffset At { get; init; }
}

internal sealed class DocumentMapping : IEntityTypeConfiguration<StockDocument>, IEntityTypeConfiguration<DocumentLine>, IEntityTypeConfiguration<DocumentPosting>
{
    public void Configure(EntityTypeBuilder<StockDocument> document)
    {
        document.ToTable("inventory_documents");
        document.Property(x => x.No).HasMaxLength(100);
        document.Property(x => x.Key).HasMaxLength(120);
        document.HasIndex(x => x.No).IsUnique();
        document.HasIndex(x => x.Key).IsUnique().HasFilter("key is not null");
        document.HasIndex(x => new { x.Kind, x.Id });
        document.HasIndex(x => new { x.State, x.Id });
        document.HasMany(x => x.Lines).WithOne().HasForeignKey(x => x.DocumentId);
    }

    public void Configure(EntityTypeBuilder<DocumentLine> line)
    {
        line.ToTable("inventory_document_lines", t => t.HasCheckConstraint("inventory_document_lines_arrived", "done >= 0 and defective >= 0"));
        line.HasKey(x => new { x.DocumentId, x.LineNo });
        line.Property(x => x.LineNo).ValueGeneratedNever();
        line.Property(x => x.BatchNo).HasMaxLength(60);
        line.HasIndex(x => new { x.SkuId, x.DocumentId });
    }

    public void Configure(EntityTypeBuilder<DocumentPosting> posting)
    {
        posting.ToTable("inventory_document_postings");
        posting.HasKey(x => x.Key);
        posting.Property(x => x.Key).HasMaxLength(160);
        posting.HasIndex(x => x.DocumentId);
    }
}
