package cloud.enact.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import cloud.enact.action.Sha256;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MerkleTreeTests {

    /** The leaves that implementations of Certificate Transparency test themselves with. */
    private static final List<byte[]> LEAVES = List.of(
            hex(""),
            hex("00"),
            hex("10"),
            hex("2021"),
            hex("3031"),
            hex("40414243"),
            hex("5051525354555657"),
            hex("606162636465666768696a6b6c6d6e6f"));

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        LEAVES.subList(0, size).forEach(tree::append);
        return tree;
    }

    @ParameterizedTest
    @CsvSource({
        "0, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "1, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "2, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "3, aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "4, d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "5, 4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "6, 76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "7, ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "8, 5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    })
    void rootsAreThoseOfCertificateTransparency(int size, String root) {
        assertThat(tree(size).root()).isEqualTo(hex(root));
    }

    @Property(tries = 200)
    void anyTreeIsThatOfTheDefinition(@ForAll @IntRange(max = 300) int size) {
        List<byte[]> leaves = leaves(size);

        MerkleTree tree = new MerkleTree();
        leaves.forEach(tree::append);

        assertThat(tree.size()).isEqualTo(size);
        assertThat(tree.root()).isEqualTo(naive(leaves));
    }

    @Property(tries = 200)
    void aTreeGoesOnFromItsEdge(@ForAll @IntRange(max = 200) int size, @ForAll @IntRange(max = 100) int more) {
        List<byte[]> leaves = leaves(size + more);
        MerkleTree first = new MerkleTree();
        leaves.subList(0, size).forEach(first::append);

        MerkleTree second = MerkleTree.of(size, first.range());
        leaves.subList(size, size + more).forEach(second::append);

        assertThat(second.root()).isEqualTo(naive(leaves));
        assertThat(first.size()).isEqualTo(size);
    }

    @Test
    void aCopyGrowsOnItsOwn() {
        MerkleTree tree = tree(3);
        MerkleTree copy = tree.copy();

        copy.append(LEAVES.get(3));

        assertThat(tree.root()).isEqualTo(tree(3).root());
        assertThat(copy.root()).isEqualTo(tree(4).root());
    }

    @Test
    void anEdgeOfAnotherSizeIsRefused() {
        byte[] range = tree(3).range();

        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(() -> MerkleTree.of(4, range));
        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(() -> MerkleTree.of(-1, range));
        assertThatExceptionOfType(ReceiptFormatException.class).isThrownBy(() -> MerkleTree.of(3, new byte[63]));
        assertThatIllegalArgumentException().isThrownBy(() -> new MerkleTree().add(new byte[31]));
    }

    @Property(tries = 200)
    void everyLeafIsProvedToBeInTheTreeAndNoOther(
            @ForAll @IntRange(min = 1, max = 130) int size, @ForAll @IntRange(max = 129) int at) {
        int index = at % size;
        List<byte[]> leaves = leaves(size);
        MerkleProofs proofs = MerkleProofs.ofInclusion(List.of((long) index));
        leaves.forEach(leaf -> proofs.add(MerkleTree.leaf(leaf)));

        InclusionProof proof = proofs.inclusion(index);

        byte[] root = proofs.tree().root();
        assertThat(proof.hashes()).containsExactlyElementsOf(naivePath(index, leaves));
        assertThat(proof.proves(MerkleTree.leaf(leaves.get(index)), root)).isTrue();
        assertThat(proof.proves(MerkleTree.leaf(new byte[] {9}), root)).isFalse();
        assertThat(proof.proves(MerkleTree.leaf(leaves.get(index)), new byte[32]))
                .isFalse();
        for (int other = 0; other < size; other++) {
            boolean proves =
                    new InclusionProof(other, size, proof.hashes()).proves(MerkleTree.leaf(leaves.get(index)), root);
            assertThat(proves).isEqualTo(other == index);
        }
    }

    @Test
    void proofsOfManyLeavesAreMadeInOnePass() {
        List<byte[]> leaves = leaves(77);
        MerkleProofs proofs =
                MerkleProofs.ofInclusion(LongStream.range(0, 77).boxed().toList());
        for (int size = 1; size <= leaves.size(); size++) {
            proofs.add(MerkleTree.leaf(leaves.get(size - 1)));
            for (int index = 0; index < size; index++) {
                assertThat(proofs.inclusion(index).hashes())
                        .containsExactlyElementsOf(naivePath(index, leaves.subList(0, size)));
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> proofs.inclusion(77));
    }

    @Test
    void aProofThatIsTooLongOrTooShortProvesNothing() {
        MerkleProofs proofs = MerkleProofs.ofInclusion(List.of(2L));
        LEAVES.forEach(leaf -> proofs.add(MerkleTree.leaf(leaf)));
        InclusionProof proof = proofs.inclusion(2);
        byte[] leaf = MerkleTree.leaf(LEAVES.get(2));
        byte[] root = proofs.tree().root();

        List<byte[]> longer = new ArrayList<>(proof.hashes());
        longer.add(new byte[32]);

        assertThat(new InclusionProof(2, 8, longer).proves(leaf, root)).isFalse();
        assertThat(new InclusionProof(2, 8, proof.hashes().subList(0, 2)).proves(leaf, root))
                .isFalse();
        assertThatExceptionOfType(ReceiptFormatException.class)
                .isThrownBy(() -> new InclusionProof(8, 8, proof.hashes()));
        assertThatExceptionOfType(ReceiptFormatException.class)
                .isThrownBy(() -> new InclusionProof(2, 8, List.of(new byte[31])));
    }

    private static List<byte[]> leaves(int size) {
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(new byte[] {(byte) i, (byte) (i >> 8), 1});
        }
        return leaves;
    }

    private static int split(int size) {
        return Integer.highestOneBit(size - 1);
    }

    private static byte[] naive(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return Sha256.of(new byte[0]);
        }
        if (leaves.size() == 1) {
            return MerkleTree.leaf(leaves.get(0));
        }
        int split = split(leaves.size());
        return MerkleTree.node(
                Sha256.digest(), naive(leaves.subList(0, split)), naive(leaves.subList(split, leaves.size())));
    }

    private static List<byte[]> naivePath(int index, List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return new ArrayList<>();
        }
        int split = split(leaves.size());
        List<byte[]> left = leaves.subList(0, split);
        List<byte[]> right = leaves.subList(split, leaves.size());
        List<byte[]> path = (index < split) ? naivePath(index, left) : naivePath(index - split, right);
        path.add(naive((index < split) ? right : left));
        return path;
    }
}
