#三层GRU 没有用循环 直接写
import torch
import random
import matplotlib.pyplot as plt
from IPython import display

def get_params_deep(vocab_size,num_hiddens,device):
    num_inputs=num_outputs=vocab_size
    def normal(shape):
        return torch.normal(0,0.01,shape,device=device,dtype=torch.float32)
    def zero(n):
        return torch.zeros(n,device=device,dtype=torch.float32)
    def three(i):
        return normal((i,num_hiddens)),normal((num_hiddens,num_hiddens)),zero(num_hiddens)
    #第一层
    W_xz1,W_hz1,b_z1=three(num_inputs)
    W_xr1,W_hr1,b_r1=three(num_inputs)
    W_xh1,W_hh1,b_h1=three(num_inputs)
    #第二层
    W_xz2,W_hz2,b_z2=three(num_hiddens)
    W_xr2,W_hr2,b_r2=three(num_hiddens)
    W_xh2,W_hh2,b_h2=three(num_hiddens)
    #第三层
    W_xz3,W_hz3,b_z3=three(num_hiddens)
    W_xr3,W_hr3,b_r3=three(num_hiddens)
    W_xh3,W_hh3,b_h3=three(num_hiddens)
    #输出
    W_hq=normal((num_hiddens,num_outputs))
    b_q=zero(num_outputs)
    params=[W_xz1,W_hz1,b_z1,W_xr1,W_hr1,b_r1,W_xh1,W_hh1,b_h1,
            W_xz2,W_hz2,b_z2,W_xr2,W_hr2,b_r2,W_xh2,W_hh2,b_h2,
            W_xz3,W_hz3,b_z3,W_xr3,W_hr3,b_r3,W_xh3,W_hh3,b_h3,
            W_hq,b_q]
    for p in params:
        p.requires_grad_(True)
    return params

def init_gru_state(batch_size,num_hiddens,device):
    H1=torch.zeros((batch_size,num_hiddens),device=device,dtype=torch.float32)
    H2=torch.zeros((batch_size,num_hiddens),device=device,dtype=torch.float32)
    H3=torch.zeros((batch_size,num_hiddens),device=device,dtype=torch.float32)
    return (H1,H2,H3)

def gru_3layer(inputs,state,params):
    (W_xz1,W_hz1,b_z1,W_xr1,W_hr1,b_r1,W_xh1,W_hh1,b_h1,
     W_xz2,W_hz2,b_z2,W_xr2,W_hr2,b_r2,W_xh2,W_hh2,b_h2,
     W_xz3,W_hz3,b_z3,W_xr3,W_hr3,b_r3,W_xh3,W_hh3,b_h3,
     W_hq,b_q)=params
    H1,H2,H3=state
    outputs=[]
    for X in inputs:
        Z1=torch.sigmoid(torch.mm(X,W_xz1)+torch.mm(H1,W_hz1)+b_z1)
        R1=torch.sigmoid(torch.mm(X,W_xr1)+torch.mm(H1,W_hr1)+b_r1)
        H1_hat=torch.tanh(torch.mm(X,W_xh1)+torch.mm(R1*H1,W_hh1)+b_h1)
        H1=Z1*H1+(1-Z1)*H1_hat
        Z2=torch.sigmoid(torch.mm(H1,W_xz2)+torch.mm(H2,W_hz2)+b_z2)
        R2=torch.sigmoid(torch.mm(H1,W_xr2)+torch.mm(H2,W_hr2)+b_r2)
        H2_hat=torch.tanh(torch.mm(H1,W_xh2)+torch.mm(R2*H2,W_hh2)+b_h2)
        H2=Z2*H2+(1-Z2)*H2_hat
        Z3=torch.sigmoid(torch.mm(H2,W_xz3)+torch.mm(H3,W_hz3)+b_z3)
        R3=torch.sigmoid(torch.mm(H2,W_xr3)+torch.mm(H3,W_hr3)+b_r3)
        H3_hat=torch.tanh(torch.mm(H2,W_xh3)+torch.mm(R3*H3,W_hh3)+b_h3)
        H3=Z3*H3+(1-Z3)*H3_hat
        outputs.append(torch.mm(H3,W_hq)+b_q)
    return torch.cat(outputs,dim=0),(H1,H2,H3)

#########画图和训练
ppl_list=[]
def draw(x):
    display.clear_output(wait=True)
    ppl_list.append(x)
    plt.plot(ppl_list)
    plt.show()

random.seed(0)
corpus=[random.randint(0,27) for _ in range(2000)]
params=get_params_deep(28,64,'cuda:0')
trainer=torch.optim.SGD(params,lr=1)
for epoch in range(200):
    draw(epoch)
