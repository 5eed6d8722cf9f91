"""Tiny models of several architectures, with random weights, as somebody may bring them."""

from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from tokenizers import (
    Tokenizer,
    decoders,
    models,
    normalizers,
    pre_tokenizers,
    processors,
    trainers,
)
from transformers import (
    BertConfig,
    BertModel,
    DistilBertConfig,
    DistilBertModel,
    Gemma2Config,
    Gemma2ForCausalLM,
    GPT2Config,
    GPT2LMHeadModel,
    LlamaConfig,
    LlamaForCausalLM,
    PretrainedConfig,
    Qwen3Config,
    Qwen3ForCausalLM,
    RobertaConfig,
    RobertaModel,
)

TEXT = ["The bank by the river was old. He went to the bank. A king had money in the bank."] * 3
DECODERS = ("qwen3", "gpt2", "gemma2", "llama untied")
ENCODERS = ("bert", "distilbert", "roberta")
LAYERS = {"num_hidden_layers": 3, "num_attention_heads": 4}
WIDTH = {"hidden_size": 32, "intermediate_size": 48, **LAYERS}
GROUPED = {**WIDTH, "num_key_value_heads": 2, "head_dim": 16, "max_position_embeddings": 64}
ENDS = {"bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1}


def byte_level() -> Tokenizer:
    """Return a tokenizer of RoBERTa's kind, which has a space inside most words."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=340,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(TEXT, trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    return tokenizer


def word_pieces() -> Tokenizer:
    """Return a tokenizer of BERT's kind."""
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    trainer = trainers.WordPieceTrainer(vocab_size=80, special_tokens=names, show_progress=False)
    tokenizer.train_from_iterator(TEXT, trainer)
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return tokenizer


def made(name: str) -> tuple[type, PretrainedConfig, Tokenizer]:
    """Return the class, the configuration and the tokenizer of a tiny model."""
    causal, pieces = byte_level(), word_pieces()
    size, count = causal.get_vocab_size(), pieces.get_vocab_size()
    gpt2 = GPT2Config(vocab_size=size, n_embd=32, n_layer=3, n_head=4, n_positions=64, **ENDS)
    distilbert = DistilBertConfig(vocab_size=count, dim=32, hidden_dim=48, n_layers=3, n_heads=4)
    roberta = RobertaConfig(vocab_size=size, max_position_embeddings=20, **WIDTH, **ENDS)
    untied = LlamaConfig(vocab_size=size, tie_word_embeddings=False, **GROUPED, **ENDS)
    capped = Gemma2Config(vocab_size=size, final_logit_softcapping=2.0, **GROUPED, **ENDS)
    # More rows than tokens, as Qwen's models have.
    qwen3 = Qwen3Config(vocab_size=size + 9, tie_word_embeddings=True, **GROUPED, **ENDS)
    return {
        "qwen3": (Qwen3ForCausalLM, qwen3, causal),
        "gpt2": (GPT2LMHeadModel, gpt2, causal),
        "gemma2": (Gemma2ForCausalLM, capped, causal),
        "llama untied": (LlamaForCausalLM, untied, causal),
        "bert": (BertModel, BertConfig(vocab_size=count, **WIDTH), pieces),
        "distilbert": (DistilBertModel, distilbert, pieces),
        "roberta": (RobertaModel, roberta, causal),
    }[name]


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that returns the folder of a tiny model, saved as its owner would."""
    root = tmp_path_factory.mktemp("tiny")

    def folder_of(name: str) -> Path:
        folder = root / name
        if not folder.is_dir():
            architecture, config, tokenizer = made(name)
            torch.manual_seed(0)
            network = architecture(config)
            with torch.no_grad():  # larger than usual, or all would attend to all alike
                for parameter in network.parameters():
                    if parameter.dim() > 1:
                        parameter.mul_(10)
            network.save_pretrained(folder)
            tokenizer.save(str(folder / "tokenizer.json"))
        return folder

    return folder_of
